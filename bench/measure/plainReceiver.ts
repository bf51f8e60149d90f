import { sampleOrganizations } from "../../local/stack/sampleOrganizations.ts";
import { createStamp } from "../load/stamp.ts";
import type { StackRun } from "../stack/withStack.ts";
import type { BenchSize } from "./benchSize.ts";
import { receiveAt } from "./receive.ts";
import type { ReceiveLevel } from "./receive.ts";

/** Settings with which the plain receiver knows the sample organizations. */
export const plainReceiverSettings = {
  BASELINE_KEYS: JSON.stringify(Object.fromEntries(sampleOrganizations.map(({ id, key }) => [id, key]))),
};

/** Measures the plain receiver on a stack that runs it in the place of Portal Sync, with the same load. */
export async function measurePlainReceiver(
  running: StackRun,
  size: BenchSize,
  say: (step: string) => void,
): Promise<ReceiveLevel[]> {
  const stamps = sampleOrganizations.map(createStamp);
  let turn = 0;
  const next = () => (stamps[turn++ % stamps.length] ?? stamps[0]!).nextRequest();
  say("Plain receiver: warming up");
  await receiveAt(running, 16, size.warmSeconds, next);
  const levels: ReceiveLevel[] = [];
  for (const connections of size.connections) {
    say(`Plain receiver: receiving over ${connections} connections`);
    levels.push(await receiveAt(running, connections, size.receiveSeconds, next));
  }
  return levels;
}
