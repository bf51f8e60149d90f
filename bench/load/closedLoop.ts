import { spreadOf } from "../report/percentiles.ts";
import type { Spread } from "../report/percentiles.ts";
import { openConnection } from "./connection.ts";

/** What a closed loop measured. */
export interface LoopResult {
  perSecond: number;
  /** Time from sending to the answer, in milliseconds. */
  spread: Spread;
  /** Answers other than 202. */
  refused: number;
}

/** Each of the connections sends its next request as soon as it has the answer to the last, for so many seconds. */
export async function closedLoop(options: {
  port: number;
  connections: number;
  seconds: number;
  nextRequest: () => Buffer;
  signal: AbortSignal;
}): Promise<LoopResult> {
  const { port, seconds, nextRequest, signal } = options;
  const times: number[] = [];
  let refused = 0;
  const began = performance.now();
  const end = began + seconds * 1000;
  const work = async () => {
    const connection = openConnection(port);
    while (performance.now() < end && !signal.aborted) {
      const sentAt = performance.now();
      const { status } = await connection.send(nextRequest());
      times.push(performance.now() - sentAt);
      if (status !== 202) refused += 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: options.connections }, work));
  const elapsed = (performance.now() - began) / 1000;
  return { perSecond: (times.length - refused) / elapsed, spread: spreadOf(times), refused };
}
