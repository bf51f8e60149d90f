import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { temporaryStack } from "../../local/stack/options.ts";
import type { StackOptions } from "../../local/stack/options.ts";
import { startStack } from "../../local/stack/stack.ts";
import type { Stack } from "../../local/stack/stack.ts";

/** What a measurement runs on. */
export interface StackRun {
  stack: Stack;
  /** Folder of the stack's state and logs; removed at the end. */
  folder: string;
  /** Aborted when the run is over for whatever reason, so that what it started ends too. */
  signal: AbortSignal;
}

/**
 * Runs something on an embedded stack of its own (no web portal, storage in memory, free ports) and takes it down
 * again, also on Ctrl+C. Rejects when a part of the stack ends by itself or when it takes longer than `limitMs`.
 */
export async function withStack<T>(
  limitMs: number,
  run: (running: StackRun) => Promise<T>,
  options: Partial<StackOptions> = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "portal-sync-bench-"));
  const over = new AbortController();
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {});
  const interrupted = () => broken.reject(new Error("Interrupted."));
  const patience = setTimeout(
    () =>
      broken.reject(
        new Error(`It took longer than ${Math.round(limitMs / 60_000)} minutes and was stopped.`),
      ),
    limitMs,
  );
  process.on("SIGINT", interrupted);
  process.on("SIGTERM", interrupted);
  const starting = startStack({
    ...temporaryStack(folder),
    portalPort: null,
    onFailure: (sentence) => broken.reject(new Error(sentence)),
    ...options,
  });
  try {
    const stack = await Promise.race([starting, broken.promise]);
    return await Promise.race([run({ stack, folder, signal: over.signal }), broken.promise]);
  } finally {
    clearTimeout(patience);
    over.abort();
    await starting.then(
      (stack) => stack.stop(),
      () => {},
    );
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
    rmSync(folder, { recursive: true, force: true });
  }
}
