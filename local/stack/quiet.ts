import type { QueueStats } from "../service-bus/start.ts";
import type { StackFile } from "./stackFile.ts";

/** The queues of the running broker, by name. */
export async function queueCounts(
  stack: Pick<StackFile, "serviceBusAdminUrl">,
): Promise<Record<string, QueueStats>> {
  const response = await fetch(`${stack.serviceBusAdminUrl}/queues`);
  const { queues } = (await response.json()) as { queues: Record<string, QueueStats> };
  return queues;
}

/** Resolves when Dynamics has delivered everything and nothing waits in a queue or is being processed. Throws after the time is up. */
export async function waitUntilQuiet(
  stack: Pick<StackFile, "serviceBusAdminUrl" | "dynamicsUrl">,
  timeoutMs = 120_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  await fetch(`${stack.dynamicsUrl}/_control/idle`);
  for (;;) {
    const queues = await queueCounts(stack);
    if (Object.values(queues).every((queue) => queue.active === 0 && queue.deadLetter === 0)) return;
    if (Date.now() > deadline) throw new Error(`The queues did not run empty: ${JSON.stringify(queues)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
