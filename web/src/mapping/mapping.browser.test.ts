import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  callApi,
  createTestOrganization,
  eventually,
  okJson,
  sendWebhook,
  webhookBody,
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

/** An organization that has received changes of the table's rows, one event each. */
async function organizationWithEvents(table: string, ...changes: Record<string, string>[]): Promise<string> {
  const organization = await createTestOrganization();
  for (const attributes of changes) {
    await sendWebhook(organization, webhookBody(organization, { table, attributes }));
  }
  await eventually(
    () => eventsOf(organization.id),
    ({ items }) => items.length === changes.length,
  );
  return organization.id;
}

async function eventsOf(id: string): Promise<EventPage> {
  return okJson(await callApi("global-admin", "GET", `organizations/${id}/portal/events`));
}

describe("the mapping of an organization", () => {
  it("is changed, tried on stored events and only then saved, at every width and by keyboard", async () => {
    const id = await organizationWithEvents("msnfp_membership", {
      msnfp_name: "Gold",
      new_note: "For life",
    });
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
    const fields = page
      .getByRole("list", { name: "Fields of msnfp_membership", exact: true })
      .getByRole("listitem");
    await fields.first().waitFor();
    const stored = await fields.count();
    await page.getByRole("button", { name: "Add field" }).click();
    const added = fields.nth(stored);
    await added.waitFor();
    await page.getByRole("button", { name: "Try on stored events" }).click();
    await page.getByText("2 faults to repair first").waitFor();
    await added.getByRole("textbox").nth(0).fill("note");
    await added.getByRole("textbox").nth(1).fill("new_note");
    expect(await isDisabled()).toBe(true);

    await page.getByRole("button", { name: "Try on stored events" }).click();
    await page.getByText("1 event tried: 1 can be taken, 0 would fail, 0 would be skipped.").waitFor();
    await page.getByRole("button", { name: "Field by field" }).click();
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
    await page.getByRole("tab", { name: "Alerts" }).click();
    await page.getByRole("alertdialog").getByText("Leave without saving?").waitFor();
    await page.getByRole("button", { name: "Stay" }).click();
    await save.click();
    await page.getByRole("heading", { name: "Version 1 is in force" }).waitFor();
    await page.getByText(/events are read by version 1/).waitFor();
    await page.getByRole("link", { name: "Set up Dynamics" }).waitFor();
    await page.getByRole("button", { name: "View version 1" }).click();
    await page.getByRole("dialog").getByText("msnfp_membership: Memberships").waitFor();
    await expect.poll(() => accessibilityFaults(page), { timeout: 15_000 }).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("is repaired from a failed event: at the field that refused the value, and all such events are replayed", async () => {
    const id = await organizationWithEvents("contact", { birthdate: "apple" }, { birthdate: "banana" });
    const { page, faults } = await openPortal(browser, "Grace Global", `/organizations/${id}/portal`);
    await page.getByRole("button", { name: "Member changed" }).first().click();
    await page.getByRole("link", { name: "Repair it in the mapping" }).click();
    const type = page.getByRole("combobox", { name: "Type of birthDate" });
    const hasFocus = (input: Locator) =>
      input.evaluate((element) => element === element.ownerDocument.activeElement);
    await expect.poll(() => hasFocus(type), { timeout: 15_000 }).toBe(true);
    await page.getByText(/^Why you are here.*Column birthdate holds "banana"/).waitFor();
    // Whoever types its name anew is not led back to the type.
    const name = page.getByRole("textbox", { name: /^Field of birth/ });
    for (const typed of ["birth", "birthDate"]) await name.fill(typed);
    expect(await hasFocus(name)).toBe(true);
    await type.selectOption("Text");
    await page.getByRole("button", { name: "Try this change" }).click();
    await page.getByText("Both failed events can be taken now.").waitFor();
    await page.getByText("The value “banana” would be stored in birthDate as it is").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "Save as version 1" }).click();
    await page.getByRole("button", { name: "Replay these 2 events" }).click();
    await page.getByRole("button", { name: "Replay 2 events" }).click();
    const { items } = await eventually(
      () => eventsOf(id),
      ({ items }) => items.every(({ outcome }) => outcome === "success"),
    );
    expect(items).toHaveLength(2);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
