import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Me } from "../../functions/contracts/me.ts";
import { openBrowser, openPortal } from "../../local/testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Changes the phone number of the first member on the Dynamics page, as a newcomer would. */
async function editFirstMember(phone: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${inject("stack").dynamicsUrl}/contoso`);
  await page.getByRole("main").getByRole("table").getByRole("link").first().click();
  await page.getByLabel("Phone", { exact: true }).fill(phone);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("202").first().waitFor();
  await page.close();
}

const firstEvent = (page: Page) => page.getByRole("row").filter({ hasText: "contact.Update" }).first();

describe("a change in Dynamics", () => {
  it("is on the screen of the organization's administrator without a reload, with steps and values", async () => {
    const { page, faults } = await openPortal(browser, "Carla Contoso");
    await page.getByRole("heading", { name: "Portal integration" }).waitFor();
    const phone = `+49 30 ${Math.floor(Math.random() * 900_000) + 100_000}`;
    await editFirstMember(phone);
    await firstEvent(page).getByText("Success").waitFor({ timeout: 10_000 });
    await firstEvent(page).getByRole("button").first().click();
    const panel = page.getByRole("dialog");
    await panel.getByRole("tab", { name: "Steps" }).click();
    await panel.getByText("Compared with what is here").waitFor();
    await panel.getByText("Written", { exact: true }).waitFor();
    await panel.getByRole("tab", { name: "Changes" }).click();
    await panel.getByText(phone).waitFor();
    expect(faults).toEqual([]);
  });

  it("moves the totals of the global administrator's platform screen", async () => {
    const { page, faults } = await openPortal(browser, "Grace Global", "/platform");
    const contoso = page.getByRole("row").filter({ hasText: "Contoso Association" }).first();
    await contoso.waitFor();
    const before = await contoso.innerText();
    await editFirstMember(`+49 40 ${Math.floor(Math.random() * 900_000) + 100_000}`);
    await expect.poll(() => contoso.innerText(), { timeout: 15_000 }).not.toBe(before);
    expect(faults).toEqual([]);
  });
});

describe("who is shown what", () => {
  it("a global administrator chooses an organization, and the log shows only its events", async () => {
    const { page, faults } = await openPortal(browser, "Grace Global", "/platform");
    const log = page.getByRole("table", { name: "Events, newest first" });
    await editFirstMember(`+49 89 ${Math.floor(Math.random() * 900_000) + 100_000}`);
    await log.getByText("Contoso Association").first().waitFor();
    await page.getByRole("combobox", { name: "Filter by organization" }).click();
    await page.getByRole("option", { name: "Contoso Association" }).click();
    await page.waitForURL(/organization=contoso/);
    const organizations = async () =>
      new Set(
        await log
          .getByRole("row")
          .getByText(/Association|Institute|Society/)
          .allInnerTexts(),
      );
    await expect.poll(organizations).toEqual(new Set(["Contoso Association"]));
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("an organization administrator has no platform screen", async () => {
    const { page } = await openPortal(browser, "Carla Contoso");
    await page.getByRole("heading", { name: "Portal integration" }).waitFor();
    expect(await page.getByRole("link", { name: "Platform" }).count()).toBe(0);
  });

  it("an administrator of several organizations chooses one of them, and never none", async () => {
    const { page } = await openPortal(browser, "Carla Contoso");
    await page.getByRole("heading", { name: "Portal integration" }).waitFor();
    await page.route("**/me", async (route) => {
      const response = await route.fetch();
      const me = (await response.json()) as Me;
      me.organizations.push({ id: "second", name: "Second Association" });
      await route.fulfill({ response, json: me });
    });
    await page.reload();
    await page.getByRole("combobox", { name: "Organization" }).click();
    await expect
      .poll(() => page.getByRole("banner").getByRole("option").allInnerTexts())
      .toEqual(["Contoso Association", "Second Association"]);
    await page.context().close();
  });

  it("a person without a role is told who can give one", async () => {
    const { page } = await openPortal(browser, "Nora Norole");
    await page.getByText("Enterprise applications").first().waitFor();
  });
});
