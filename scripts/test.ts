import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./browser.ts";
import { runTool } from "./run.ts";

/** Runs every suite; arguments go to Vitest. The last line counts the tests of all suites together. */
const folder = mkdtempSync(join(tmpdir(), "portal-sync-tests-"));
const report = join(folder, "report.json");
try {
  const code = await runTool(
    "vitest/vitest.mjs",
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
    { BROWSER_PATH: findBrowser(), NODE_NO_WARNINGS: "1" },
  );
  if (!existsSync(report)) throw new Error("The tests ended before they were counted.");
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  process.exitCode = code;
  console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
