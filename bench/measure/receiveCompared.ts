import { median, middleOf } from "../report/percentiles.ts";
import type { StackRun } from "../stack/withStack.ts";
import type { BenchSize } from "./benchSize.ts";
import { receiveAt } from "./receive.ts";
import type { ReceiveLevel } from "./receive.ts";

/** Portal Sync and the plain receiver at the same numbers of connections. */
interface ReceiveComparison {
  portal: ReceiveLevel[];
  baseline: ReceiveLevel[];
}

/**
 * Lets the two receive in turn, a few seconds each, several times over, and takes the median of each figure: what
 * else happens on the machine then strikes both, and the ratio of the two stands on more than one moment.
 */
export async function compareReceiving(
  portal: StackRun,
  baseline: StackRun,
  nextRequest: () => Buffer,
  size: BenchSize,
  say: (step: string) => void,
): Promise<ReceiveComparison> {
  const comparison: ReceiveComparison = { portal: [], baseline: [] };
  for (const connections of size.connections) {
    say(`Receiving over ${connections} connections, Portal Sync and the plain receiver in turn`);
    const [ours, plain]: [ReceiveLevel[], ReceiveLevel[]] = [[], []];
    for (let round = 0; round < size.rounds; round++) {
      plain.push(await receiveAt(baseline, connections, size.receiveSeconds, nextRequest));
      ours.push(await receiveAt(portal, connections, size.receiveSeconds, nextRequest));
    }
    comparison.portal.push(middleLevel(ours, connections));
    comparison.baseline.push(middleLevel(plain, connections));
  }
  return comparison;
}

function middleLevel(levels: readonly ReceiveLevel[], connections: number): ReceiveLevel {
  const middle = (of: (level: ReceiveLevel) => number) => median(levels.map(of));
  return {
    connections,
    perSecond: middle(({ perSecond }) => perSecond),
    endToEndPerSecond: middle(({ endToEndPerSecond }) => endToEndPerSecond),
    cpuMsPerEvent: middle(({ cpuMsPerEvent }) => cpuMsPerEvent),
    refused: levels.reduce((sum, { refused }) => sum + refused, 0),
    spread: middleOf(levels.map(({ spread }) => spread)),
  };
}
