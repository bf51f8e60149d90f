import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Role } from "../../functions/contracts/me.ts";
import type { EventPage } from "../../functions/contracts/portal.ts";
import type { Replay } from "../../functions/contracts/replays.ts";
import { policy } from "../../functions/identity/policy.ts";
import type { Action } from "../../functions/identity/policy.ts";
import { sampleOrganization } from "../../local/stack/sampleOrganizations.ts";
import { callApi, eventually, okJson, sendWebhook, webhookBody } from "../../local/testing/api.ts";
import { openBrowser, openPortal } from "../../local/testing/browser.ts";

/** A control by its name, and the action that it leads to. */
type Control = [name: string | RegExp, action: Action];

interface Screen {
  /** As `App.tsx` names it. */
  route: string;
  address: () => string;
  /** What a person must be allowed to find anything here. */
  opens: Action;
  /** Shows that it is there, where no control does. */
  heading?: string;
  /** What is found by those who may do it, and by nobody else. */
  controls: Control[];
  /** A state that brings other controls: the answers of the API that hold something else than they do. */
  state?: [path: () => string, change: (body: Record<string, unknown>) => object][];
}

const organization = "/organizations/northwind";
/** Of an event that has failed, so that it can be replayed. */
const ids = { event: "", record: "", replay: "" };
const settings = (tab: string, controls: Control[], opens: Action = "portal.read"): Screen => ({
  ...{ route: "organizations/:id/settings/:tab?", address: () => `${organization}/settings/${tab}` },
  ...{ opens, controls },
});

const general: Control[] = [
  ["Name", "organization.changeBinding"],
  ["Dynamics organization id", "organization.changeBinding"],
  ["Address of the Dynamics environment", "organization.changeBinding"],
  ["Entra tenant of the environment", "organization.changeBinding"],
  ["Entra group of the administrators", "organization.changeBinding"],
  ["Copy organization id", "organization.read"],
  [/^Warn after so many hours/, "organization.change"],
  ["Keep events for so many days", "organization.change"],
  ["Save", "organization.change"],
];
const mapping: Control[] = [
  ["Add table", "portal.change"],
  ["Try it on", "portal.read"],
  ["Try on stored events", "portal.read"],
  [/^Save as version /, "portal.change"],
];

/**
 * Every screen with every control that acts, as it is opened and in the states that bring further ones. Whoever adds one
 * of either has to say here what it needs. What a dialog or a menu holds needs what opens it needs. The states come last.
 */
const screens: Screen[] = [
  {
    ...{ route: "platform", address: () => "/platform", opens: "platform.read" },
    controls: [
      ["New organization", "organizations.create"],
      ["Filter organizations by name", "platform.read"],
    ],
  },
  {
    ...{ route: "platform/new/:newId?", address: () => "/platform/new", opens: "organizations.create" },
    controls: [
      ["Name", "organizations.create"],
      ["Id", "organizations.create"],
      ["Dynamics organization id", "organizations.create"],
      ["Address of the Dynamics environment", "organizations.create"],
      ["Entra group of the administrators", "organizations.create"],
      ["Create the organization", "organizations.create"],
    ],
  },
  {
    ...{ route: "platform/new/:newId?", address: () => "/platform/new/northwind" },
    opens: "organizations.create",
    controls: [
      [/^Create (another|the) key$/, "portal.manageKeys"],
      [/^Download portal-sync-/, "portal.read"],
    ],
  },
  {
    ...{ route: "organizations/:id/portal", address: () => `${organization}/portal`, opens: "portal.read" },
    controls: [
      ["Replay", "portal.replay"],
      ["Export", "portal.export"],
    ],
  },
  {
    route: "organizations/:id/portal",
    ...{ address: () => `${organization}/portal?event=${ids.event}&tab=payload`, opens: "portal.read" },
    controls: [
      ["Replay", "portal.replay"],
      ["Show personal data", "portal.showPayload"],
    ],
  },
  {
    ...{ route: "organizations/:id/records/:recordId", opens: "portal.read" },
    ...{
      address: () => `${organization}/records/${ids.record}`,
      controls: [["Copy record id", "portal.read"]],
    },
  },
  {
    ...{ route: "organizations/:id/rejections", opens: "portal.read" },
    ...{ address: () => `${organization}/rejections`, controls: [["Show as table", "portal.read"]] },
  },
  {
    ...{ route: "organizations/:id/replays", opens: "portal.read" },
    ...{ address: () => `${organization}/replays`, heading: "Last replays", controls: [] },
  },
  {
    ...{ route: "organizations/:id/replays/:replayId", opens: "portal.read" },
    ...{ address: () => `${organization}/replays/${ids.replay}`, heading: "What was done", controls: [] },
  },
  settings("general", [...general, ["Pause", "portal.change"]]),
  settings("keys", [
    ["New key", "portal.manageKeys"],
    [/^Revoke /, "portal.manageKeys"],
  ]),
  settings("setup", [[/^Download portal-sync-/, "portal.read"]]),
  settings("mapping", mapping),
  settings("alerts", [
    [/^Mute /, "portal.change"],
    [/^Change /, "organization.change"],
    ["Address of the organization's own channel", "organization.change"],
    ["Save", "organization.change"],
    ["Send test card", "portal.change"],
  ]),
  { ...settings("audit", [], "audit.read"), heading: "Audit log" },
  {
    ...{ route: "organizations/:id/replays/:replayId", opens: "portal.read" },
    address: () => `${organization}/replays/${ids.replay}`,
    controls: [["Stop", "portal.replay"]],
    state: [[() => `${organization}/portal/replays/${ids.replay}`, () => ({ state: "running" })]],
  },
  {
    ...settings("general", [...general, ["Resume", "portal.change"]]),
    state: [[() => organization, () => ({ state: "paused" })]],
  },
  {
    ...settings("mapping", [
      ...mapping,
      ["Try this change", "portal.read"],
      [
        /^(Table in Dynamics|Its rows are|Column of the id|Name of its rows in the Web API)$/,
        "portal.change",
      ],
      [/^(Field|Column in Dynamics|Type|Required|Default for new records) of /, "portal.change"],
      [/^(Add field|Add link|Remove table)$/, "portal.change"],
      [/^Remove field /, "portal.change"],
    ]),
    address: () => `${organization}/settings/mapping?event=${ids.event}&table=contact&field=email`,
    state: [],
  },
  {
    ...settings("alerts", [
      [/^Acknowledge /, "portal.change"],
      [/^(Mute|Unmute) /, "portal.change"],
      [/^Change /, "organization.change"],
      ["Replace the address", "organization.change"],
      ["Remove the address", "organization.change"],
      ["Save", "organization.change"],
      ["Send test card", "portal.change"],
    ]),
    state: [
      [() => organization, () => ({ teamsHost: "teams.example.com" })],
      [
        () => `${organization}/portal/alerts`,
        ({ alerts }) => ({ alerts: firingAndMuted(alerts as object[]) }),
      ],
    ],
  },
];

/** The first alert fires, the others are muted. */
function firingAndMuted(alerts: object[]): object[] {
  const mutedUntil = new Date(Date.now() + 3_600_000).toISOString();
  return alerts.map((alert, index) =>
    index === 0
      ? { ...alert, state: "firing", acknowledged: null, mutedUntil: null }
      : { ...alert, mutedUntil },
  );
}

/** What only shows something that is on the screen already, or is there anyway. */
const views: RegExp[] = [
  /^(Theme|Account of .*|(Open )?(Organization|Filter by organization))$/,
  /^(Why\?|Copy|Open event|Select event|View version|As \d+|As a) /,
  /^(Outcome|Error code|Time|Event type|Record): Any$/,
  /^(Organization|Health|Alerts|Last success|Success|Errors|Skipped|Error rate|Oldest waiting)$/,
  /^(clear|Columns|Close|Show as table|Look at the script|Select all events that are shown)$/,
  /^(Search (events|the payload)|(Previous|Next)( event)?|Set up Dynamics by hand instead|Load more)$/,
  /^\w+ (Members|Companies|Memberships|Articles|Conferences|Documents|Events|Notifications), \d+ fields?$/,
];

/** What no control stands for: it is asked for by every screen, or by none. */
const withoutControl: Action[] = ["me.read", "description.read", "organizations.list"];

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  const northwind = sampleOrganization("northwind");
  const body = webhookBody(northwind, { attributes: { emailaddress1: "not an address" } });
  expect((await sendWebhook(northwind, body)).status).toBe(202);
  expect((await sendWebhook({ ...northwind, key: "wrong" }, "{}")).status).toBe(401);
  const portal = `organizations/northwind/portal`;
  const { items } = await eventually(
    async () => okJson<EventPage>(await callApi("northwind-admin", "GET", `${portal}/events`)),
    (page) => page.items.length > 0,
  );
  const { eventId, recordId } = items[0] ?? { eventId: "", recordId: null };
  const replay = await callApi("northwind-admin", "POST", `${portal}/events/${eventId}/replay`);
  const { replayId } = await okJson<Replay>(replay);
  Object.assign(ids, { event: eventId, record: recordId, replay: replayId });
});
afterAll(() => browser.close());

/** The controls that can be seen on the page. */
async function controlsOf(page: Page): Promise<{ name: string; enabled: boolean }[]> {
  const roles = "button|textbox|checkbox|switch|combobox|menuitem|searchbox|spinbutton|radio|slider";
  const lines = (await page.locator("body").ariaSnapshot()).matchAll(
    new RegExp(`^\\s*- '?(?:${roles}) "((?:[^"\\\\]|\\\\.)*)"(.*)$`, "gm"),
  );
  return [...lines].map(([, name = "", rest = ""]) => ({ name, enabled: !rest.includes("[disabled]") }));
}

/** Loads a screen anew while the API answers what brings it into a state. */
async function goInState(page: Page, path: string, state: NonNullable<Screen["state"]>): Promise<void> {
  await page.unrouteAll({ behavior: "wait" });
  for (const [at, change] of state)
    await page.route(`**/api${at()}`, async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as Record<string, unknown>;
      await route.fulfill({ response, json: { ...body, ...change(body) } });
    });
  await page.goto(new URL(path, page.url()).href);
}

/** Goes to another screen without loading the page anew. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    const { history, dispatchEvent } = globalThis as unknown as {
      history: { pushState(state: object, title: string, to: string): void };
      dispatchEvent(event: Event): void;
    };
    history.pushState({}, "", to);
    dispatchEvent(new Event("popstate"));
  }, path);
}

const isAllowed = (action: Action, role: Role) => policy[action].includes(role);
const isNamed = (name: string, pattern: string | RegExp) =>
  typeof pattern === "string" ? name === pattern : pattern.test(name);

describe("the table of this test", () => {
  it("has every screen and every action that there is", () => {
    const app = readFileSync(join(import.meta.dirname, "App.tsx"), "utf8");
    const routes = [...app.matchAll(/\bpath="([^"*]+)"/g)].map(([, path]) => path);
    expect(new Set(screens.map(({ route }) => route))).toEqual(new Set(routes));
    const actions = screens.flatMap(({ opens, controls }) => [
      opens,
      ...controls.map(([, action]) => action),
    ]);
    expect(new Set([...actions, ...withoutControl])).toEqual(new Set(Object.keys(policy)));
  });
});

describe.each([
  ["Grace Global", "Platform.Admin"],
  ["Nadia Northwind", "Organization.Admin"],
] as const)("%s", (person, role) => {
  it("finds on every screen what the policy allows, and nothing else", async () => {
    const { page } = await openPortal(browser, person, `${organization}/portal`);
    await page.getByRole("heading", { name: "Event log" }).waitFor();
    for (const { address, opens, heading, controls, state } of screens) {
      const mayOpen = isAllowed(opens, role);
      if (state) await goInState(page, address(), state);
      else await go(page, address());
      const sign = mayOpen ? heading : "Page not found";
      if (sign) await page.getByRole("heading", { name: sign, exact: true }).waitFor();
      const expected = mayOpen ? controls.filter(([, action]) => isAllowed(action, role)) : [];
      const missing = async (): Promise<string[]> => {
        const found = await controlsOf(page);
        return expected
          .filter(([pattern]) => !found.some(({ name }) => isNamed(name, pattern)))
          .map(([pattern]) => `${address()}: ${pattern}`);
      };
      await expect.poll(missing, { timeout: 15_000 }).toEqual([]);
      const others = (await controlsOf(page)).filter(
        ({ name }) => !expected.some(([pattern]) => isNamed(name, pattern)),
      );
      const isForbidden = (name: string) => controls.some(([pattern]) => isNamed(name, pattern));
      const wrong = others.filter(({ name, enabled }) =>
        isForbidden(name) ? enabled : !views.some((view) => view.test(name)),
      );
      expect([address(), wrong]).toEqual([address(), []]);
      const toPlatform = await page.locator("a[href^='/platform']").count();
      if (!isAllowed("platform.read", role)) expect([address(), toPlatform]).toEqual([address(), 0]);
    }
    if (role === "Organization.Admin") {
      await page.unrouteAll({ behavior: "wait" });
      await go(page, `${organization}/settings/general`);
      await page.getByText("Only global administrators can change these settings").waitFor();
    }
    await page.context().close();
  });
});

it("who has no role finds no screen and no action at any address", async () => {
  const { page } = await openPortal(browser, "Nora Norole");
  await page.getByRole("heading", { name: "You need a role" }).waitFor();
  const routes = new Map(screens.map((screen) => [screen.route, screen.address()]));
  for (const address of routes.values()) {
    await page.goto(`${inject("stack").portalUrl}${address}`);
    await page.getByRole("heading", { name: "You need a role" }).waitFor();
    const names = (await controlsOf(page)).map(({ name }) => name);
    expect([address, names]).toEqual([address, ["Sign in again", "Sign out"]]);
  }
  await page.context().close();
});
