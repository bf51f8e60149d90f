import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  callApi,
  createTestOrganization,
  eventually,
  okJson,
  remoteExecutionContext,
  sendWebhook,
} from "../../../local/testing/api.ts";
import {
  accessibilityFaults,
  openBrowser,
  openPortal,
  overflowsSideways,
  unreachableByTab,
} from "../../../local/testing/browser.ts";
import type { EventPage } from "../../../functions/contracts/portal.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** An organization that has received one change of a membership. */
async function organizationWithEvent(): Promise<string> {
  const organization = await createTestOrganization();
  const context = remoteExecutionContext({
    organizationId: organization.dynamicsOrganizationId,
    table: "msnfp_membership",
    message: "Update",
    id: randomUUID(),
    attributes: { msnfp_name: "Gold", new_note: "For life" },
    modifiedOn: new Date(),
  });
  await sendWebhook(organization, JSON.stringify(context));
  await eventually(
    async () =>
      okJson<EventPage>(
        await callApi("global-admin", "GET", `organizations/${organization.id}/portal/events`),
      ),
    ({ items }) => items.length === 1,
  );
  return organization.id;
}

describe("the mapping of an organization", () => {
  it("is changed, tried on stored events and only then saved, at every width and by keyboard", async () => {
    const id = await organizationWithEvent();
    const { page, faults } = await openPortal(
      browser,
      "Grace Global",
      `/organizations/${id}/settings/mapping`,
    );
    await page.getByRole("heading", { name: "Version 0 is in force" }).waitFor();
    const save = page.getByRole("button", { name: "Save as version 1" });
    const isDisabled = async () => (await save.getAttribute("aria-disabled")) === "true";
    expect(await isDisabled()).toBe(true);

    await page.getByRole("button", { name: /^msnfp_membership/ }).click();
    await page.getByRole("button", { name: "Add field" }).click();
    await page.getByRole("button", { name: "Try on stored events" }).click();
    await page.getByText("2 faults to repair first").waitFor();
    const added = page
      .getByRole("list", { name: "Fields of msnfp_membership", exact: true })
      .getByRole("listitem")
      .last();
    await added.getByRole("textbox").nth(0).fill("note");
    await added.getByRole("textbox").nth(1).fill("new_note");
    expect(await isDisabled()).toBe(true);

    await page.getByRole("button", { name: "Try on stored events" }).click();
    await page.getByText("1 event read: 1 can be taken, 0 would fail, 0 would be skipped.").waitFor();
    const states = page.getByRole("list", { name: "States of the fields of msnfp_membership" });
    await states.getByRole("listitem").filter({ hasText: "note" }).getByText("Present 1").waitFor();
    expect(await isDisabled()).toBe(false);
    await page.getByRole("button", { name: /msnfp_membership\.Update/ }).click();
    await page
      .getByRole("list", { name: "Fields of the event" })
      .getByText("Gold", { exact: true })
      .waitFor();

    expect(await accessibilityFaults(page)).toEqual([]);
    await page.locator("body").evaluate((body) => {
      // The first Tab leads to the first control, wherever the focus was.
      body.tabIndex = -1;
      body.focus();
      body.removeAttribute("tabindex");
    });
    expect(await unreachableByTab(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: "dark" });
    // Colours pass into each other for a moment.
    await expect.poll(() => accessibilityFaults(page), { timeout: 15_000 }).toEqual([]);
    expect(await overflowsSideways(page)).toBe(false);

    await added.getByRole("textbox").nth(0).fill("remark");
    await expect.poll(isDisabled, { timeout: 5_000 }).toBe(true);
    await added.getByRole("textbox").nth(0).fill("note");
    await expect.poll(isDisabled, { timeout: 5_000 }).toBe(false);
    await save.click();
    await page.getByRole("heading", { name: "Version 1 is in force" }).waitFor();
    await page.getByText(/events are read by version 1/).waitFor();
    await page.getByRole("button", { name: "View version 1" }).click();
    await page.getByRole("dialog").getByText("msnfp_membership: Memberships").waitFor();
    await expect.poll(() => accessibilityFaults(page), { timeout: 15_000 }).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
