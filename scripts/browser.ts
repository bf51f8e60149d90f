import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { root } from "./run.ts";

/** Where the three systems keep Chrome, Edge and Chromium. */
const wellKnown = [
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  `${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env["PROGRAMFILES(X86)"]}\\Microsoft\\Edge\\Application\\msedge.exe`,
];

/**
 * Path of a browser for the tests: `BROWSER_PATH`, a system Chrome, Edge or Chromium, Playwright's own, or one
 * that is installed now – Debian's package when that is allowed, else Playwright's. Throws one sentence that
 * says what to do when there is none.
 */
export function findBrowser(): string {
  const found = look();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Debian's Chromium for the browser tests …");
    quietly("apt-get", ["update"]);
    quietly("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
  }
  if (!look()) {
    console.log("Installing Playwright's Chromium for the browser tests …");
    quietly(process.execPath, [join(root, "node_modules/playwright-core/cli.js"), "install", "chromium"]);
  }
  const installed = look();
  if (installed) return installed;
  throw new Error(
    "No browser was found for the tests: install Chrome, Edge or Chromium, or set BROWSER_PATH to one, and try again.",
  );
}

function look(): string | undefined {
  return [process.env.BROWSER_PATH, ...wellKnown, chromium.executablePath()].find(
    (path) => path && existsSync(path),
  );
}

function quietly(command: string, args: string[]): void {
  spawnSync(command, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}
