import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { forgetHalfHistory } from "./seedHistory.ts";

it("forgets a history that was begun and not finished, and nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "portal-sync-history-"));
  const others = ["entra-keys.json", "lock", "stack.json"];
  for (const name of [...others, "dynamics.sqlite", "dynamics.sqlite-wal", "timers.json"])
    writeFileSync(join(folder, name), "");
  expect(forgetHalfHistory(folder)).toBe(false);
  expect(readdirSync(folder)).toHaveLength(6);
  writeFileSync(join(folder, "history-begun"), "");
  expect(forgetHalfHistory(folder)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(others);
  rmSync(folder, { recursive: true });
});
