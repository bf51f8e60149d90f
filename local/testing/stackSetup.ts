import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { temporaryStack } from "../stack/options.ts";
import { startStack } from "../stack/stack.ts";
import type { StackFile } from "../stack/stackFile.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Addresses of the embedded stack that the tests of this run share. */
    stack: StackFile;
  }
}

/** Starts one embedded stack for all tests of the run, on free ports and in a folder of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "portal-sync-stack-"));
  const stack = await startStack({
    ...temporaryStack(folder),
    settings: { RETRY_BASE_SECONDS: "1" },
    onFailure: (sentence) => console.error(sentence),
  });
  const { children: _children, restartServiceBus: _restart, pauseStorage: _pause, stop, ...file } = stack;
  project.provide("stack", file);
  return async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
