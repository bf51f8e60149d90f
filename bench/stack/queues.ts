import { queueCounts } from "../../local/stack/quiet.ts";
import type { QueueStats } from "../../local/service-bus/start.ts";
import type { StackFile } from "../../local/stack/stackFile.ts";

/** Messages that wait anywhere: active, scheduled or dead. */
function waitingIn(queues: Record<string, QueueStats>): number {
  return Object.values(queues).reduce(
    (sum, { active, scheduled, deferred, deadLetter }) => sum + active + scheduled + deferred + deadLetter,
    0,
  );
}

/** Resolves when nothing waits in any queue or dead-letter queue. Throws with what is left when the time is up. */
export async function waitForEmptyQueues(
  stack: Pick<StackFile, "serviceBusAdminUrl">,
  options: { timeoutMs: number; pollMs?: number; signal?: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const queues = await queueCounts(stack);
    if (waitingIn(queues) === 0) return;
    if (Date.now() > deadline) throw new Error(`The queues did not run empty: ${JSON.stringify(queues)}`);
    await new Promise((resolve) => setTimeout(resolve, options.pollMs ?? 50));
  }
}
