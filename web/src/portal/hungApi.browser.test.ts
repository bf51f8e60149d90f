import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser, openPortal } from "../../../local/testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** An answer that does not come is given up after 15 s: what is seen before is not the error. */
const beforeTheError = { timeout: 10_000 };

it("figures of an API that hangs are not called live, and are again when it answers", async () => {
  const { page, faults } = await openPortal(browser, "Carla Contoso");
  await page.getByText(/^Live, updated/).waitFor();
  await page.route("**/portal/status", () => undefined);
  await page.clock.install();
  await page.clock.fastForward(11_000);
  await page.getByText(/^Not live, updated/).waitFor(beforeTheError);
  await page.unroute("**/portal/status");
  await page.getByText(/^Live, updated/).waitFor({ timeout: 30_000 });
  expect(faults).toEqual([]);
  await page.context().close();
});
