import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, openPortal } from "../../local/testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function hasFocus(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true);
}

describe("by keyboard", () => {
  it("a Why? takes the focus, keeps it, and gives it back on Escape", async () => {
    const { page, faults } = await openPortal(browser, "Carla Contoso");
    const why = page.getByRole("button", { name: /^Why\? Health/ });
    await why.press("Enter");
    const reason = page.getByRole("dialog");
    await hasFocus(reason);
    await page.keyboard.press("Tab");
    await hasFocus(reason);
    await page.keyboard.press("Escape");
    await reason.waitFor({ state: "detached" });
    await hasFocus(why);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("the navigation of a narrow window gives the focus back on Escape, and to the screen that is chosen", async () => {
    const { page, faults } = await openPortal(browser, "Carla Contoso", "/", {
      viewport: { width: 390, height: 844 },
    });
    const open = page.getByRole("button", { name: "Navigation" });
    const screens = page.getByRole("dialog", { name: "Screens" });
    await open.press("Enter");
    await hasFocus(screens.getByRole("link").first());
    await page.keyboard.press("Escape");
    await screens.waitFor({ state: "detached" });
    await hasFocus(open);
    await open.press("Enter");
    await screens.getByRole("link", { name: "Replays" }).press("Enter");
    await screens.waitFor({ state: "detached" });
    await hasFocus(page.getByRole("main"));
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
