import { ServiceBusClient } from "@azure/service-bus";
import type { ServiceBusMessage } from "@azure/service-bus";
import { parseHead } from "../../functions/dynamics/context.ts";
import { firstAttempt, toServiceBusMessage } from "../../functions/portal/eventMessage.ts";
import type { EventQueue } from "../../functions/portal/eventMessage.ts";
import { createLanes } from "../../functions/portal/lanes.ts";
import type { Stamp } from "../load/stamp.ts";
import { hostCpuMs, hostProcesses } from "../stack/hostStatus.ts";
import { waitForEmptyQueues } from "../stack/queues.ts";
import type { StackRun } from "../stack/withStack.ts";

/** How a full queue was worked off. */
export interface Drained {
  perSecond: number;
  /** Processor time of the functions' processes for each event, in milliseconds. */
  cpuMsPerEvent: number;
}

/**
 * Puts events into the queues while the functions' processes stand still (SIGSTOP), lets it go on, and measures until
 * the queues are empty. The events are as the door would have queued them if they had all come in one instant.
 */
export async function drainBacklog(
  { stack, signal }: StackRun,
  sources: readonly { organizationId: string; stamp: Stamp }[],
  count: number,
): Promise<Drained> {
  const before = await hostCpuMs(stack.functionsUrl);
  const processes = await hostProcesses(stack.functionsUrl);
  for (const { pid } of processes) process.kill(pid, "SIGSTOP");
  let began: number;
  try {
    await fill(stack.connections.ServiceBus, sources, count);
  } finally {
    began = performance.now();
    for (const { pid } of processes) process.kill(pid, "SIGCONT");
  }
  await waitForEmptyQueues(stack, { timeoutMs: 120_000, pollMs: 10, signal });
  const seconds = (performance.now() - began) / 1000;
  const after = await hostCpuMs(stack.functionsUrl);
  return { perSecond: count / seconds, cpuMsPerEvent: (after - before) / count };
}

async function fill(
  connection: string,
  sources: readonly { organizationId: string; stamp: Stamp }[],
  count: number,
): Promise<void> {
  const now = Date.now();
  const chooseLane = createLanes(() => now);
  const byQueue = new Map<EventQueue, ServiceBusMessage[]>();
  for (let index = 0; index < count; index++) {
    const { organizationId, stamp } = sources[index % sources.length] as (typeof sources)[number];
    const queue = chooseLane(organizationId);
    const messages = byQueue.get(queue) ?? [];
    byQueue.set(queue, messages);
    const body = stamp.nextBody();
    const context = parseHead(body.toString("utf8"));
    messages.push(toServiceBusMessage(firstAttempt(organizationId, context, body, now)));
  }
  const client = new ServiceBusClient(connection);
  try {
    for (const [queue, messages] of byQueue) {
      const sender = client.createSender(queue);
      for (let at = 0; at < messages.length; at += 50) await sender.sendMessages(messages.slice(at, at + 50));
    }
  } finally {
    await client.close();
  }
}
