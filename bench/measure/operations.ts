import type { Operations } from "../../local/service-bus/operations.ts";
import { closedLoop } from "../load/closedLoop.ts";
import type { Stamp } from "../load/stamp.ts";
import { waitForEmptyQueues } from "../stack/queues.ts";
import { restartWithSettings } from "../stack/settings.ts";
import type { StackRun } from "../stack/withStack.ts";
import { drainBacklog } from "./backlog.ts";
import { startTableProxy } from "./tableProxy.ts";

/** Operations for each 1,000 events, by name. */
export type Per1000 = Record<string, number>;

/** What events cost in operations, counted at the wire. */
export interface OperationCounts {
  /** Events of one organization that wait in a full queue: transactions are as full as they get. */
  backlog: Per1000;
  /** The same organization's webhooks over 64 connections, received and processed at the same time. */
  webhooks: Per1000;
}

/** Counts the operations of events of one organization whose records this process has not seen before. */
export async function countOperations(
  running: StackRun,
  source: { organizationId: string; stamp: Stamp },
  events: number,
): Promise<OperationCounts> {
  const { stack, signal } = running;
  const { AzureWebJobsStorage: storage } = stack.connections;
  const proxy = await startTableProxy(Number(/TableEndpoint=http:\/\/[^:]+:(\d+)/.exec(storage)?.[1]));
  const proxied = storage.replace(/(TableEndpoint=http:\/\/[^:]+:)\d+/, `$1${proxy.port}`);
  const port = Number(new URL(stack.functionsUrl).port);
  const send = (seconds: number) =>
    closedLoop({ port, connections: 64, seconds, nextRequest: source.stamp.nextRequest, signal });

  async function count(run: () => Promise<number>): Promise<Per1000> {
    proxy.takeCounts();
    const before = await busOperations(stack);
    const processed = await run();
    await waitForEmptyQueues(stack, { timeoutMs: 120_000, signal });
    const per1000 = (value: number) => (value * 1000) / processed;
    const tables = [...proxy.takeCounts()].map(([name, value]): [string, number] => [name, per1000(value)]);
    const bus = Object.entries(busFigures(await busOperations(stack), before));
    return Object.fromEntries([
      ...tables.toSorted(([one], [other]) => (one < other ? -1 : 1)),
      ...bus.map(([name, value]): [string, number] => [name, per1000(value)]),
    ]);
  }

  try {
    await restartWithSettings(running, { AzureWebJobsStorage: proxied });
    await send(1);
    await waitForEmptyQueues(stack, { timeoutMs: 120_000, signal });
    const backlog = await count(async () => {
      await drainBacklog(running, [source], events);
      return events;
    });
    const webhooks = await count(async () => (await send(3)).spread.count);
    return { backlog, webhooks };
  } finally {
    await restartWithSettings(running, { AzureWebJobsStorage: storage });
    await proxy.close();
  }
}

async function busOperations({ serviceBusAdminUrl }: { serviceBusAdminUrl: string }): Promise<Operations> {
  const response = await fetch(`${serviceBusAdminUrl}/queues`);
  return ((await response.json()) as { operations: Operations }).operations;
}

function busFigures(after: Operations, before: Operations): Record<string, number> {
  return {
    "Service Bus messages sent": after.sends.messages - before.sends.messages,
    "Service Bus send operations": after.sends.transfers - before.sends.transfers,
    "Service Bus messages received": after.received.messages - before.received.messages,
    "Service Bus messages settled": after.settlements.messages - before.settlements.messages,
    "Service Bus settlement frames": after.settlements.frames - before.settlements.frames,
    "Service Bus management calls": after.management.calls - before.management.calls,
  };
}
