import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryStack } from "../../../local/stack/options.ts";
import { sampleOrganization } from "../../../local/stack/sampleOrganizations.ts";
import { startStack } from "../../../local/stack/stack.ts";
import type { Stack } from "../../../local/stack/stack.ts";
import { cardTitles, checkRules } from "../../../local/testing/alerts.ts";
import { okJson, sendWebhook, webhookBody } from "../../../local/testing/api.ts";
import { openBrowser, openPortal } from "../../../local/testing/browser.ts";

const hour = 3_600_000;
const folder = mkdtempSync(join(tmpdir(), "portal-sync-silence-"));
let stack: Stack;
let browser: Browser;
// A stack of its own: its clock is moved, which the shared one would not survive.
beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(temporaryStack(folder)), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Moves the app's clock ahead of the real one. */
async function later(hours: number): Promise<void> {
  const body = JSON.stringify({ now: new Date(Date.now() + hours * hour).toISOString() });
  await okJson(await fetch(`${stack.functionsUrl}/admin/local/clock`, { method: "POST", body }));
}

/** The timer, several at once as two instances would run it. */
async function check(): Promise<void> {
  await Promise.all([checkRules(stack), checkRules(stack), checkRules(stack)]);
}

/** As {@link check}, and what Teams was told by then. */
async function checkAndListen(): Promise<string[]> {
  await check();
  return told();
}

/** What Teams was told of Fabrikam, newest first. */
function told(): Promise<string[]> {
  return cardTitles(stack, "Fabrikam");
}

async function send(): Promise<void> {
  const fabrikam = sampleOrganization("fabrikam");
  expect((await sendWebhook(fabrikam, webhookBody(fabrikam), {}, stack)).status).toBe(202);
}

it("warns after 24 hours without an event and tells Teams once, and once more when an event arrives", async () => {
  await send();
  const { page, faults } = await openPortal(browser, "Fabian Fabrikam", "/", {
    portalUrl: stack.portalUrl ?? "",
  });
  const warning = page.getByText("No events for more than 24 hours.");
  await page.getByText("contact.Update").first().waitFor();
  await later(23);
  await check();
  await page.getByText("Healthy", { exact: true }).first().waitFor();
  expect(await warning.count()).toBe(0);
  expect(await told()).toEqual([]);

  await later(25);
  await warning.waitFor();
  const fabrikam = sampleOrganization("fabrikam");
  expect((await sendWebhook({ ...fabrikam, key: "wrong" }, "{}", {}, stack)).status).toBe(401);
  await page.getByRole("listitem").getByRole("link", { name: "1 request was refused" }).waitFor();
  await expect
    .poll(checkAndListen, { timeout: 10_000 })
    .toEqual([expect.stringMatching(/no event for 25 hours/)]);

  await send();
  await warning.waitFor({ state: "detached" });
  await expect.poll(checkAndListen, { timeout: 10_000 }).toHaveLength(2);
  await check();
  expect(await told()).toEqual([
    expect.stringContaining("events arrive again"),
    expect.stringContaining("no event for 25 hours"),
  ]);
  expect(faults).toEqual([]);
  await page.context().close();
});
