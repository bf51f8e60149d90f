import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { EventPage } from "../../../functions/contracts/portal.ts";
import {
  callApi,
  createTestOrganization,
  eventually,
  okJson,
  sendWebhook,
  webhookBody,
} from "../../../local/testing/api.ts";
import { openBrowser, openPortal } from "../../../local/testing/browser.ts";

let browser: Browser;
let id = "";
let log = "";
let organization: Awaited<ReturnType<typeof createTestOrganization>>;

/** Events that fail for the same reason, of which a later one makes the first good, and one that succeeds. */
beforeAll(async () => {
  browser = await openBrowser();
  organization = await createTestOrganization();
  id = organization.id;
  log = `/organizations/${id}/portal`;
  const repaired = randomUUID();
  const changes = [
    { emailaddress1: "no address at all", id: repaired },
    ...["no address", "none either", "nor this", "ada@example.org"].map((emailaddress1) => ({
      emailaddress1,
      id: randomUUID(),
    })),
    { emailaddress1: "bo@example.org", id: repaired },
  ];
  for (const [minute, { emailaddress1, id }] of changes.entries()) {
    const modifiedOn = new Date(Date.now() + minute * 60_000);
    const change = { id, modifiedOn, attributes: { firstname: "Ada", emailaddress1 } };
    expect((await sendWebhook(organization, webhookBody(organization, change))).status).toBe(202);
  }
  await eventually(
    async () => okJson<EventPage>(await callApi("global-admin", "GET", `organizations/${id}/portal/events`)),
    ({ items }) => items.length === changes.length,
  );
});
afterAll(() => browser.close());

const rows = (page: Page) => page.getByRole("row").filter({ hasText: "contact.Update" });

/** Opens the failed events by the number that counts them. */
async function openFailed(): Promise<{ page: Page; faults: string[]; failed: number }> {
  const { page, faults } = await openPortal(browser, "Grace Global", log);
  const count = page.getByRole("link", { name: /errors in the last hour/ });
  await count.waitFor();
  const failed = Number(await count.innerText());
  await count.click();
  await expect.poll(() => rows(page).count()).toBe(failed);
  return { page, faults, failed };
}

it("a number opens exactly the events that it counts, and the export has the same", async () => {
  const { page, faults, failed } = await openFailed();
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "CSV" }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(failed + 1);
  await page.getByText(`Saved ${download.suggestedFilename()}`).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it("selected events are replayed after an estimate, and what was done is listed", async () => {
  const { page, faults } = await openFailed();
  for (const nth of [1, 2]) await page.getByRole("checkbox").nth(nth).check();
  await page.getByRole("button", { name: "Replay (2)" }).click();
  await page.getByRole("menuitem", { name: "Replay the 2 selected events" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("2 events would be replayed").waitFor();
  await dialog.getByText("Error: A value cannot be read: 2").waitFor();
  await dialog.getByRole("button", { name: "Replay 2 events" }).click();
  await page.getByText("2 of 2 events done").first().waitFor();
  await page.getByRole("link", { name: "Member changed" }).first().click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("tab", { name: "Attempts" }).click();
  await panel.getByText("2. Replay").waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it("personal data is masked until it is asked for, which the audit log notes", async () => {
  const { page, faults } = await openFailed();
  await rows(page).first().getByRole("button").first().click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("tab", { name: "Payload" }).click();
  const payload = panel.getByRole("tabpanel");
  await payload.getByText("emailaddress1").first().waitFor();
  expect(await payload.innerText()).not.toContain("Ada");
  await panel.getByRole("button", { name: "Show personal data" }).click();
  await payload.getByText("Ada").first().waitFor();
  const timesNoted = async () => {
    const audit = await callApi("global-admin", "GET", `organizations/${id}/audit`);
    return (await audit.text()).split("payload.shown").length - 1;
  };
  expect(await timesNoted()).toBe(1);

  // The last of the matches: there are fewer of them once the data is hidden.
  await panel.getByRole("searchbox", { name: "Search the payload" }).fill("ad");
  await panel.getByRole("button", { name: "Previous match" }).click();
  await panel.getByText(/^(\d+) of \1$/).waitFor();
  await panel.getByRole("button", { name: "Hide personal data" }).click();
  await panel.getByText(/^(\d+) of \1$/).waitFor();
  expect(await payload.innerText()).not.toContain("Ada");
  await panel.getByRole("button", { name: "Show personal data" }).click();
  await payload.getByText("Ada").first().waitFor();
  expect(await timesNoted()).toBe(2);
  expect(faults).toEqual([]);
  await page.context().close();
});

it("an error that was made good by a later change says so, and a card opens its event wherever it is touched", async () => {
  const viewport = { width: 390, height: 844 };
  const { page, faults } = await openPortal(browser, "Grace Global", `${log}?outcome=error`, { viewport });
  const cards = page.getByRole("listitem").filter({ hasText: "contact.Update" });
  await cards.filter({ hasText: "no address at all" }).click();
  const panel = page.getByRole("dialog");
  await panel.getByText("Nothing is left to do").waitFor();
  expect(await panel.getByRole("heading", { name: "What to do", exact: true }).count()).toBe(0);
  await panel.getByRole("tab", { name: "Summary" }).click();
  await panel.getByText("For support").waitFor();
  await panel.getByRole("link", { name: "Show the later change" }).click();
  await panel.getByText("Success").waitFor();
  expect(await panel.getByText("Nothing is left to do").count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

it("columns are chosen by keyboard and remembered, and a code and a time narrow the log", async () => {
  const { page } = await openPortal(browser, "Grace Global", log);
  await rows(page).first().waitFor();
  await page.getByRole("button", { name: "Columns" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitemcheckbox", { name: "Event id" }).press("Enter");
  await page.keyboard.press("Escape");
  await page.reload();
  await page.getByRole("columnheader", { name: "Event id" }).waitFor();

  // A list has hundreds of times: there is no tooltip before it is asked for.
  const times = rows(page).getByRole("button", { name: "Open event" });
  expect(await page.locator("[role=tooltip]").count()).toBe(0);
  await times.first().focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await page.getByRole("tooltip").getByText("UTC", { exact: true }).waitFor();
  expect(await page.locator("[role=tooltip]").count()).toBe(1);
  await page.getByRole("button", { name: "Error code" }).press("Enter");
  await page.getByRole("menuitemradio", { name: "Any" }).press("ArrowDown");
  await page.getByRole("menuitemradio", { name: "A required value is missing" }).press("ArrowDown");
  await page.getByRole("menuitemradio", { name: "A value cannot be read" }).press("Enter");
  await expect.poll(() => new URL(page.url()).searchParams.get("code")).toBe("mapping.valueInvalid");
  await expect.poll(() => rows(page).filter({ hasText: "Success" }).count()).toBe(0);

  await page.getByRole("button", { name: "Time: Any" }).press("Enter");
  await page.getByRole("menuitemradio", { name: "Any" }).press("ArrowDown");
  await page.getByRole("menuitemradio", { name: "Last hour" }).press("ArrowDown");
  expect(new URL(page.url()).searchParams.has("time")).toBe(false);
  await page.getByRole("menuitemradio", { name: "Last 24 hours" }).press("Tab");
  await page.locator("input:focus").press("Shift+Tab");
  await page.getByRole("menuitemradio", { name: "Last 24 hours" }).press("Enter");
  await expect.poll(() => new URL(page.url()).searchParams.get("time")).toBe("24h");

  const asked: string[] = [];
  page.on("request", (request) => {
    const search = new URL(request.url()).searchParams.get("q");
    if (search !== null) asked.push(search);
  });
  await page.getByRole("searchbox", { name: "Search events" }).pressSequentially("contact.Up");
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("contact.Up");
  await expect.poll(() => asked).toEqual(["contact.Up"]);
  await rows(page).first().waitFor();
  await page.context().close();
});

it("a list in which something is selected or open waits with new events, and catches up by itself", async () => {
  const { page, faults } = await openPortal(browser, "Grace Global", log);
  await rows(page).first().waitFor();
  const shown = await rows(page).count();
  const sendOne = async () =>
    expect((await sendWebhook(organization, webhookBody(organization, { id: randomUUID() }))).status).toBe(
      202,
    );
  await page.getByRole("checkbox").nth(1).check();
  await sendOne();
  await page.getByRole("button", { name: "1 new event" }).waitFor();
  await page.getByRole("button", { name: "Replay (1)" }).waitFor();
  expect(await rows(page).count()).toBe(shown);
  await page.getByRole("checkbox").nth(1).uncheck();
  await expect.poll(() => rows(page).count()).toBe(shown + 1);

  const length = () => page.evaluate<number>("history.length");
  const before = await length();
  await rows(page).first().getByRole("button").first().click();
  await page.getByRole("dialog").getByRole("tab").first().waitFor();
  await sendOne();
  await page.getByText("1 new event can be shown").waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await expect.poll(() => rows(page).count()).toBe(shown + 2);
  expect(await length()).toBe(before + 2);
  expect(faults).toEqual([]);
  await page.context().close();
});

it("what takes the focus away with it leaves it at a sensible place of the log", async () => {
  const reducedMotion = "reduce";
  const { page } = await openPortal(browser, "Grace Global", `${log}?q=nothing`, { reducedMotion });
  const focused = page.locator(":focus");
  const heading = page.getByRole("heading", { name: "Event log" });
  const isFocused = async (wanted: string) => {
    await expect.poll(() => focused.getAttribute("id")).toBe(wanted);
  };
  const headingId = (await heading.getAttribute("id")) ?? "";
  await page.getByRole("button", { name: "Clear filters" }).last().press("Enter");
  await isFocused(headingId);

  const number = page.getByRole("link", { name: /errors in the last hour/ });
  await number.press("Enter");
  await isFocused(headingId);
  await expect.poll(() => page.evaluate<number>("scrollY")).toBeGreaterThan(0);

  const { items } = await okJson<EventPage>(
    await callApi("global-admin", "GET", `organizations/${id}/portal/events`),
  );
  const eventId = items[2]?.eventId ?? "";
  await page.goto(new URL(`${log}?event=${eventId}`, page.url()).href);
  await page.getByRole("dialog").getByRole("tab").first().waitFor();
  await page.keyboard.press("Escape");
  await isFocused(`open-${eventId}`);

  // So few events are one page: the log is given them in two.
  await page.route(/portal\/events\?/, async (route) => {
    const older = new URL(route.request().url()).searchParams.has("cursor");
    const json: EventPage = older
      ? { items: items.slice(2), nextCursor: null }
      : { items: items.slice(0, 2), nextCursor: "older" };
    await route.fulfill({ json });
  });
  await page.reload();
  await page.getByRole("button", { name: "Load more" }).press("Enter");
  await isFocused(`open-${eventId}`);
  await page.context().close();
});
