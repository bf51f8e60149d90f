import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { PlatformStatus } from "../../../functions/contracts/platform.ts";
import { checkRules } from "../../../local/testing/alerts.ts";
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
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

it("keeps what was typed when someone else was faster, and the audit log names both changes", async () => {
  const { id } = await createTestOrganization();
  const { page, faults } = await openPortal(browser, "Grace Global", `/organizations/${id}/settings`);
  const hours = page.getByLabel("Warn after so many hours");
  const days = page.getByLabel("Keep events for so many days");
  // After a deployment the question whether to leave may be gone: then the browser's own is asked.
  await page.route("**/LeaveQuestion*", (route) => route.abort());
  await hours.fill("0");
  await page.getByText("Use a whole number from 1 to 720.").waitFor();
  await hours.fill("48");
  // One's own pause is no change by somebody else: it takes nothing from what is typed.
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await page.getByText("Processing is paused").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await hours.fill("72");
  const asked = page.waitForEvent("dialog").then((question) => question.dismiss());
  await page.getByRole("tab", { name: "Keys" }).click();
  await asked;
  const stored = await callApi("global-admin", "GET", `organizations/${id}`);
  const ifMatch = { "if-match": stored.headers.get("etag") ?? "" };
  await okJson(await callApi("global-admin", "PATCH", `organizations/${id}`, { retentionDays: 30 }, ifMatch));
  await page.getByRole("button", { name: "Save" }).click();
  const conflict = page.getByText("This organization was changed since you began");
  await conflict.waitFor();
  await page.route(`**/organizations/${id}`, (route) => route.fulfill({ status: 403 }), { times: 1 });
  await page.getByRole("button", { name: "Load again" }).click();
  await page.getByText("The server could not answer").first().waitFor();
  await conflict.waitFor();
  await page.getByRole("button", { name: "Load again" }).click();
  await expect.poll(() => days.inputValue()).toBe("30");
  expect(await hours.inputValue()).toBe("72");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await page.getByRole("tab", { name: "Audit" }).click();
  await page.getByText("72 hours").first().waitFor();
  await page.getByText("30 days").waitFor();
  // A browser writes what was refused, and what could not be loaded, to its console.
  expect(faults.filter((fault) => !/403|412|ERR_FAILED/.test(fault))).toEqual([]);
  await page.context().close();
});

it("shows a new key once, names it and its use when it is revoked, and it is refused from then on", async () => {
  const organization = await createTestOrganization();
  const { page } = await openPortal(
    browser,
    "Grace Global",
    `/organizations/${organization.id}/settings/keys`,
  );
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByLabel("Name").fill("Second");
  await page.getByRole("button", { name: "Create" }).click();
  const key = await page.getByText(/^ps_/).innerText();
  const stored = page.getByRole("button", { name: "I have stored it" });
  await stored.press("Escape");
  await stored.click();
  expect((await sendWebhook({ ...organization, key }, "{}")).status).toBe(400);
  await page.getByRole("button", { name: "Revoke Second" }).click();
  const question = page.getByRole("dialog");
  await question.getByText("Revoke “Second”?").waitFor();
  await question.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Revoke Second" }).waitFor({ state: "detached" });
  expect(await page.getByText(key).count()).toBe(0);
  await page.context().close();
});

it("leads from the platform to an alert, which is acknowledged, muted and noted", async () => {
  const { id } = await createTestOrganization();
  for (let count = 0; count < 6; count++) await sendWebhook({ id, key: "wrong" }, "{}");
  const { page } = await openPortal(browser, "Grace Global", "/platform?sort=-name");
  await page.getByLabel("Filter organizations by name").fill(id);
  await page.waitForURL(`**/platform?sort=-name&find=${id}`);
  const table = page.getByRole("table", { name: "Organizations" });
  const alert = table.getByRole("link", { name: /^Rejection rate/ });
  await eventually(
    async () => {
      await checkRules(inject("stack"));
      return okJson<PlatformStatus>(await callApi("global-admin", "GET", "platform/status"));
    },
    ({ organizations }) => organizations.some((one) => one.id === id && one.alerts?.length === 1),
  );
  await alert.click();
  await page.getByRole("button", { name: "Acknowledge Rejection rate" }).click();
  await page.getByText("Acknowledged by Grace Global").waitFor();
  await page.getByRole("button", { name: "Mute Rejection rate" }).click();
  await page.getByRole("menuitem", { name: "For 8 hours" }).click();
  await page.getByText("No cards until").waitFor();
  await page.getByRole("tab", { name: "Audit" }).click();
  for (const entry of ["Acknowledged an alert", "Muted an alert"]) await page.getByText(entry).waitFor();

  await page.goBack();
  await page.goBack();
  await alert.getByText("Rejection rate (acknowledged)").waitFor();
  expect(await page.getByLabel("Filter organizations by name").inputValue()).toBe(id);
  await page.goBack();
  await expect.poll(() => page.getByLabel("Filter organizations by name").inputValue()).toBe("");
  expect(await table.getByRole("columnheader", { name: "Organization" }).getAttribute("aria-sort")).toBe(
    "descending",
  );
  await page.context().close();
});

it("an organization administrator reads the bindings with the reason, and has no way to a new organization", async () => {
  const { page } = await openPortal(browser, "Carla Contoso", "/organizations/contoso/settings");
  await page.getByText("Only global administrators can change these settings").waitFor();
  expect(await page.getByLabel("Dynamics organization id").count()).toBe(0);
  await page.getByLabel("Warn after so many hours").waitFor();
  await page.goto(new URL("/platform/new", page.url()).href);
  await page.getByText("There is no screen at this address, or your role does not include it.").waitFor();
  await page.context().close();
});

it("leads from a new organization to its first event, also when it is left in between", async () => {
  const id = `new-${randomBytes(4).toString("hex")}`;
  const dynamicsOrganizationId = randomUUID();
  const { page } = await openPortal(browser, "Grace Global", "/platform");
  await page.getByRole("button", { name: "New organization" }).click();
  await page.getByRole("button", { name: "Create the organization" }).click();
  await page.getByText("Give the organization a name.").waitFor();
  await page.getByLabel("Name").fill(id.toUpperCase());
  expect(await page.getByRole("textbox", { name: "Id", exact: true }).inputValue()).toBe(id);
  await page.getByLabel("Dynamics organization id").fill(dynamicsOrganizationId);
  await page.getByRole("button", { name: "Create the organization" }).click();
  const waiting = page.getByText(/^Waiting for the first event, for \d+ seconds?$/);
  await waiting.waitFor();
  await page.getByRole("link", { name: "Platform" }).click();
  await page.getByLabel("Filter organizations by name").fill(id);
  await page.getByRole("link", { name: `Connect ${id.toUpperCase()}` }).click();
  await page.getByRole("button", { name: "Create the key" }).click();
  const key = await page.getByText(/^ps_/).innerText();
  await page.getByText("The key is shown this once").waitFor();
  await page.getByRole("button", { name: "Look at the script" }).waitFor();
  const place = await waiting.boundingBox();
  expect((place?.y ?? 900) + (place?.height ?? 0)).toBeLessThan(900);
  const [script] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: `Download portal-sync-${id}-` }).click(),
  ]);
  expect(await readFile(await script.path(), "utf8")).toMatch(/^\uFEFF# Makes the Dynamics environment of /);
  await page.getByText(`Downloads\\${script.suggestedFilename()}`).waitFor();
  await page.clock.setFixedTime(Date.now() + 120_001);
  await page.getByText("Nothing has arrived yet. Check in this order:").waitFor();
  const body = webhookBody({ dynamicsOrganizationId });
  expect((await sendWebhook({ id, key: "wrong" }, body)).status).toBe(401);
  await page.getByText("Requests arrived but were refused.").waitFor();
  const failing = webhookBody({ dynamicsOrganizationId }, { attributes: { emailaddress1: "no address" } });
  expect((await sendWebhook({ id, key }, failing)).status).toBe(202);
  await page.getByText("is connected, but nothing was carried over yet.").waitFor();
  await page.getByRole("link", { name: "Member changed" }).waitFor();
  expect((await sendWebhook({ id, key }, body)).status).toBe(202);
  await page.getByText("From now on every change is carried over.").waitFor();
  await page.getByRole("link", { name: "Open the portal integration" }).click();
  await page.getByText("contact.Update").first().waitFor();
  await page.context().close();
});
