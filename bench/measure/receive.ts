import { closedLoop } from "../load/closedLoop.ts";
import type { LoopResult } from "../load/closedLoop.ts";
import { hostCpuMs } from "../stack/hostStatus.ts";
import { waitForEmptyQueues } from "../stack/queues.ts";
import type { StackRun } from "../stack/withStack.ts";

/** How webhooks were received over so many connections. */
export interface ReceiveLevel extends LoopResult {
  connections: number;
  /** Events for each second from the first webhook until the last event was processed: what can be kept up for ever. */
  endToEndPerSecond: number;
  /** Processor time of the functions' processes for each event, in milliseconds, receiving and processing together. */
  cpuMsPerEvent: number;
}

/** Receives for some seconds as fast as the connections allow, and waits until everything is processed. */
export async function receiveAt(
  { stack, signal }: StackRun,
  connections: number,
  seconds: number,
  nextRequest: () => Buffer,
): Promise<ReceiveLevel> {
  const before = await hostCpuMs(stack.functionsUrl);
  const began = performance.now();
  const port = Number(new URL(stack.functionsUrl).port);
  const loop = await closedLoop({ port, connections, seconds, nextRequest, signal });
  await waitForEmptyQueues(stack, { timeoutMs: 120_000, pollMs: 20, signal });
  const elapsed = (performance.now() - began) / 1000;
  const after = await hostCpuMs(stack.functionsUrl);
  const events = loop.spread.count;
  return {
    ...loop,
    connections,
    endToEndPerSecond: events / elapsed,
    cpuMsPerEvent: (after - before) / events,
  };
}
