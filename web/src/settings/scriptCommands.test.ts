import { expect, it } from "vitest";
import { scriptCommands } from "./scriptCommands.ts";

it("runs the file where the browser puts it, and allows scripts for this window alone", () => {
  expect(scriptCommands("portal-sync-contoso-1a2b3c4d.ps1").run).toBe(
    String.raw`Set-ExecutionPolicy Bypass -Scope Process -Force; & "$HOME\Downloads\portal-sync-contoso-1a2b3c4d.ps1"`,
  );
});
