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

  it("the folded navigation does not come back by itself when a window is made wide and narrow again", async () => {
    const folded = { width: 1100, height: 800 };
    const { page, faults } = await openPortal(browser, "Carla Contoso", "/", { viewport: folded });
    const screens = page.getByRole("dialog", { name: "Screens" });
    await page.getByRole("button", { name: "Navigation" }).press("Enter");
    await screens.waitFor();
    await page.setViewportSize({ width: 1400, height: 800 });
    await page.getByRole("navigation", { name: "Screens" }).waitFor();
    await page.setViewportSize(folded);
    await page.getByRole("button", { name: "Navigation" }).waitFor();
    await screens.waitFor({ state: "detached" });
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
