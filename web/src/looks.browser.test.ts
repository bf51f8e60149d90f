import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { EventPage } from "../../functions/contracts/portal.ts";
import type { Replay } from "../../functions/contracts/replays.ts";
import { sampleOrganization } from "../../local/stack/sampleOrganizations.ts";
import { callApi, eventually, okJson, sendWebhook, webhookBody } from "../../local/testing/api.ts";
import {
  accessibilityFaults,
  looks,
  openBrowser,
  openPortal,
  overflowsSideways,
  unreachableByTab,
  widthsBetween,
} from "../../local/testing/browser.ts";

let browser: Browser;
/** An event of each outcome, so that every badge and panel is looked at. */
const events: Partial<Record<"success" | "error" | "skipped", string>> = {};
/** Addresses of the screens that stand on one of those events. */
const screens = { record: "", replay: "" };

beforeAll(async () => {
  browser = await openBrowser();
  const fabrikam = sampleOrganization("fabrikam");
  const changes = [
    { table: "contact", attributes: { firstname: "Ada", emailaddress1: "ada@example.org" } },
    { table: "contact", attributes: { emailaddress1: "not an address" } },
    { table: "task", attributes: { subject: "Call" } },
  ];
  for (const change of changes)
    expect((await sendWebhook(fabrikam, webhookBody(fabrikam, change))).status).toBe(202);
  const page = await eventually(
    async () =>
      okJson<EventPage>(await callApi("fabrikam-admin", "GET", "organizations/fabrikam/portal/events")),
    ({ items }) => new Set(items.map(({ outcome }) => outcome)).size === 3,
  );
  for (const { outcome, eventId } of page.items) events[outcome] = eventId;
  const known = page.items.find(({ outcome }) => outcome === "success");
  screens.record = `/organizations/fabrikam/records/${known?.recordId}`;
  const started = await callApi(
    "fabrikam-admin",
    "POST",
    `organizations/fabrikam/portal/events/${events.error}/replay`,
  );
  const { replayId } = (await started.json()) as Replay;
  screens.replay = `/organizations/fabrikam/replays/${replayId}`;
  expect((await sendWebhook({ ...fabrikam, key: "wrong" }, "{}")).status).toBe(401);
});
afterAll(() => browser.close());

async function looksRight(page: Page, where: string): Promise<void> {
  expect([where, await accessibilityFaults(page)]).toEqual([where, []]);
  expect([where, await overflowsSideways(page)]).toEqual([where, false]);
}

describe.each(looks)("at $name", (look) => {
  const options = { viewport: look.viewport, colorScheme: look.colorScheme };

  it("the sign-in page is accessible and fits", async () => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(inject("stack").portalUrl ?? "");
    await page.getByRole("button", { name: "Sign in", exact: false }).waitFor();
    await looksRight(page, "sign-in");
    await context.close();
  });

  it("the portal screen and every tab of an event are accessible and fit", async () => {
    const { page, faults } = await openPortal(browser, "Fabian Fabrikam", "/", options);
    await page.getByRole("heading", { name: "Event log" }).waitFor();
    await page.getByText("contact.Update").first().waitFor();
    await looksRight(page, "portal");
    for (const [outcome, tabs] of Object.entries({ error: /./, success: /Changes/, skipped: /Why/ })) {
      await page.goto(
        `${inject("stack").portalUrl}/organizations/fabrikam/portal?event=${events[outcome as "error"]}`,
      );
      const panel = page.getByRole("dialog");
      await panel.getByRole("tab").first().waitFor();
      for (const tab of await panel.getByRole("tab", { name: tabs }).all()) {
        await tab.click();
        await looksRight(page, `${outcome}: ${await tab.innerText()}`);
      }
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("the screens of records, replays and refused requests are accessible and fit", async () => {
    // A menu that is still fading in has too little contrast.
    const still = { ...options, reducedMotion: "reduce" as const };
    const { page, faults } = await openPortal(browser, "Fabian Fabrikam", "/", still);
    await page.getByRole("heading", { name: "Event log" }).waitFor();
    for (const [path, sign] of [
      [screens.record, "Ada"],
      [screens.replay, "1 of 1 event done"],
      ["/organizations/fabrikam/replays", "A selection of 1 event"],
      ["/organizations/fabrikam/rejections", "Wrong webhook key"],
    ] as const) {
      await page.goto(`${inject("stack").portalUrl}${path}`);
      await page.getByText(sign).first().waitFor();
      await looksRight(page, path);
    }
    await page.goto(`${inject("stack").portalUrl}/organizations/fabrikam/portal?event=${events.error}`);
    await page.getByRole("dialog").getByRole("button", { name: "Replay" }).click();
    await page.getByRole("button", { name: "Replay 1 event" }).waitFor();
    await looksRight(page, "estimate of a replay");
    await page.goto(`${inject("stack").portalUrl}/organizations/fabrikam/portal`);
    for (const name of ["Error code", "Replay", "Export"]) {
      await page.getByRole("button", { name }).click();
      await page.getByRole("menu").waitFor();
      await looksRight(page, name);
      await page.keyboard.press("Escape");
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("the platform screen is accessible and fits", async () => {
    const { page, faults } = await openPortal(browser, "Grace Global", "/platform", options);
    await page.getByText("Northwind Society").first().waitFor();
    await looksRight(page, "platform");
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("every tab of the settings is accessible and fits", async () => {
    const address = "/organizations/fabrikam/settings";
    const { page, faults } = await openPortal(browser, "Fabian Fabrikam", address, options);
    await page.getByRole("tab", { name: "General" }).waitFor();
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      await page.getByRole("tabpanel").getByRole("heading", { level: 2 }).first().waitFor();
      await looksRight(page, `settings: ${await tab.innerText()}`);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("the way to a new organization is accessible and fits", async () => {
    const { page, faults } = await openPortal(browser, "Grace Global", "/platform/new", options);
    await page.getByRole("button", { name: "Create the organization" }).click();
    await page.getByText("Give the organization a name.").waitFor();
    await looksRight(page, "new organization");
    await page.goto(`${inject("stack").portalUrl}/platform/new/northwind`);
    await page.getByRole("heading", { name: "3. Set up Dynamics" }).waitFor();
    await looksRight(page, "connect");
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe.each(widthsBetween)("at %i px", (width) => {
  it.each([
    ["the portal screen", "Fabian Fabrikam", "/"],
    ["the platform screen", "Grace Global", "/platform"],
  ])("the lists of %s can be read", async (_, person, path) => {
    const viewport = { width, height: 900 };
    const { page } = await openPortal(browser, person, path, { viewport });
    const events = page.getByLabel("Events, newest first");
    await events.getByText("mapping.valueInvalid").first().waitFor();
    expect(await narrowest(events.locator("td:last-child, li"))).toBeGreaterThanOrEqual(160);
    const organizations = page.getByLabel("Organizations", { exact: true });
    if (path === "/platform")
      expect(await narrowest(organizations.locator("th, li"))).toBeGreaterThanOrEqual(80);
    expect(await overflowsSideways(page)).toBe(false);
    await page.context().close();
  });

  it("the log can be read with all of its columns", async () => {
    const origin = new URL(inject("stack").portalUrl ?? "").origin;
    const columns = "outcome,type,record,result,processed,attempts,eventId";
    const { page } = await openPortal(browser, "Fabian Fabrikam", "/", {
      viewport: { width, height: 900 },
      storageState: {
        cookies: [],
        origins: [{ origin, localStorage: [{ name: "portal-sync.columns", value: columns }] }],
      },
    });
    const events = page.getByLabel("Events, newest first");
    const results = events.locator("td, li").filter({ hasText: "mapping.valueInvalid" });
    await results.first().waitFor();
    expect(await narrowest(results)).toBeGreaterThanOrEqual(160);
    expect(await events.getByRole("columnheader").count()).toBeOneOf([0, 9]);
    expect(await overflowsSideways(page)).toBe(false);
    await page.context().close();
  });
});

/** Width in pixels of the narrowest of some elements that are shown. */
async function narrowest(elements: Locator): Promise<number> {
  const widths = await elements.evaluateAll((all) =>
    all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().width),
  );
  return Math.min(...widths);
}

describe("by keyboard alone", () => {
  it.each([
    ["the portal screen", "Fabian Fabrikam", "/"],
    ["an event", "Fabian Fabrikam", "event"],
    ["the platform screen", "Grace Global", "/platform"],
  ])("every control of %s is reached", async (_, person, path) => {
    const address = path === "event" ? `/organizations/fabrikam/portal?event=${events.error}` : path;
    const { page } = await openPortal(browser, person, address);
    await page.getByText("contact.Update").first().waitFor();
    if (path === "event") await page.getByRole("dialog").getByRole("tab").first().waitFor();
    expect(await unreachableByTab(page)).toEqual([]);
    await page.context().close();
  });

  it.each([
    ["the settings", "general", "Save"],
    ["the keys", "keys", "New key"],
    ["the alerts", "alerts", "Send test card"],
  ])("every control of %s is reached", async (_, tab, button) => {
    const { page } = await openPortal(browser, "Fabian Fabrikam", `/organizations/fabrikam/settings/${tab}`);
    await page.getByRole("button", { name: button }).waitFor();
    expect(await unreachableByTab(page)).toEqual([]);
    await page.context().close();
  });

  it.each([
    ["a record", () => screens.record, "Its events"],
    ["a replay", () => screens.replay, "What was done"],
    ["the refused requests", () => "/organizations/fabrikam/rejections", "Last requests"],
  ])("every control of %s is reached", async (_, path, heading) => {
    const { page } = await openPortal(browser, "Fabian Fabrikam", path());
    await page.getByRole("heading", { name: heading }).waitFor();
    await page.getByText("That is all.").waitFor();
    expect(await unreachableByTab(page)).toEqual([]);
    await page.context().close();
  });

  it("a screen that is opened from far down another begins at its top, with the focus on it", async () => {
    const viewport = { width: 1440, height: 300 };
    const { page } = await openPortal(browser, "Fabian Fabrikam", "/", { viewport });
    const last = page.getByRole("row").filter({ hasText: "contact.Update" }).last();
    await last.getByRole("button").first().click();
    const before = await page.evaluate("scrollY");
    expect(before).toBeGreaterThan(0);
    await page.getByRole("link", { name: "The record and its history" }).click();
    await page.getByRole("heading", { name: "Fields now" }).waitFor();
    await expect.poll(() => page.evaluate("[scrollY, document.activeElement.id]")).toEqual([0, "main"]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.context().close();
  });

  it("an event is opened, read and closed, and the focus returns to where it was", async () => {
    const { page } = await openPortal(browser, "Fabian Fabrikam");
    const first = page
      .getByRole("row")
      .filter({ hasText: "contact.Update" })
      .first()
      .getByRole("button")
      .first();
    await first.waitFor();
    await first.focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog");
    await panel.getByRole("tab").first().waitFor();
    await expect
      .poll(() => panel.evaluate((element) => element.contains(element.ownerDocument.activeElement)))
      .toBe(true);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
    await expect
      .poll(() => first.evaluate((element) => element === element.ownerDocument.activeElement))
      .toBe(true);
    await page.context().close();
  });
});
