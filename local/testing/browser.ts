import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { inject } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";

/** A real browser without a window. Chromium's own traffic to the outside is switched off. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** The sizes and colour schemes in which every screen is looked at. */
export const looks = [
  { name: "1440 px, light", viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  { name: "1440 px, dark", viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  { name: "390 px, light", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { name: "390 px, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

/** Widths between a phone's and a desktop's, at which tables have the least room: as cards, and without and with the navigation. */
export const widthsBetween = [768, 1024, 1200] as const;

/** Opens the portal (of the shared stack unless told otherwise) as a sample person, through the real sign-in. What goes wrong in the page fails the test. */
export async function openPortal(
  browser: Browser,
  personName: string,
  path = "/",
  {
    portalUrl = inject("stack").portalUrl ?? "",
    ...options
  }: BrowserContextOptions & { portalUrl?: string } = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(`${portalUrl}${path}`);
  await page.getByRole("button", { name: "Sign in", exact: false }).click();
  await page.getByRole("button", { name: personName }).click();
  return { page, faults };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds on the page, a line a violation. Fluent's focus sentinels are left out: they take the focus
 * only to pass it on, by design.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return axe.run({ exclude: [["[data-tabster-dummy]"]] });
  });
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .join(" | ")
        .slice(0, 300)}`,
  );
}

/** Whether the page is wider than its window, so that it would have to be scrolled sideways. */
export function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = (
      globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
    ).document.documentElement;
    return scrollWidth > clientWidth;
  });
}

/**
 * The visible controls of the page that the Tab key never reaches, a line each. Of a group through which the arrow
 * keys lead, such as a list of tabs, one has to be reached. What clears a search field is left out: Escape does it.
 */
export async function unreachableByTab(page: Page): Promise<string[]> {
  const mostPresses = 400;
  const body = page.locator("body");
  for (let presses = 0; presses < mostPresses; presses++) {
    await page.keyboard.press("Tab");
    const seenBefore = await body.evaluate((element) => {
      const active = element.ownerDocument.activeElement;
      const reached = active === element || active?.getAttribute("data-reached") === "yes";
      active?.setAttribute("data-reached", "yes");
      return reached;
    });
    if (seenBefore && presses > 0) break;
  }
  return body.evaluate((element) => {
    const groups = "[data-tabster*=mover], [role=tablist], [role=radiogroup]";
    return [...element.querySelectorAll("a[href], button, input, select, textarea, [role=button]")]
      .filter((control) => control.checkVisibility())
      .filter(
        (control) => !control.closest("[aria-hidden=true], [data-tabster-dummy], .fui-SearchBox__dismiss"),
      )
      .filter((control) => !control.matches(":disabled, [data-reached]"))
      .filter((control) => !control.closest(groups)?.querySelector("[data-reached]"))
      .map((control) => control.outerHTML.slice(0, 200));
  });
}
