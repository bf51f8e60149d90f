import type { BenchFigures } from "../report/benchReport.ts";
import { spreadOf } from "../report/percentiles.ts";
import type { StackRun } from "../stack/withStack.ts";
import { drainBacklog } from "./backlog.ts";
import type { BenchSize } from "./benchSize.ts";
import { webhookToVisible } from "./latency.ts";
import type { Stream } from "./latency.ts";
import { countOperations } from "./operations.ts";
import { receiveAt } from "./receive.ts";
import { compareReceiving } from "./receiveCompared.ts";
import { createSources, inTurn } from "./sources.ts";

/** Share of the load that the noisy organization sends. */
const noisyShare = 0.95;
/** Events a second at which each is over before the next begins. */
const idleRate = 8;

/** Takes all figures, from the quietest to the heaviest load. Both stacks run all the while, one of them idle. */
export async function measureAll(
  portal: StackRun,
  baseline: StackRun,
  size: BenchSize,
  say: (step: string) => void,
): Promise<Omit<BenchFigures, "machine">> {
  const { stack, signal } = portal;
  const sources = createSources();
  const [noisy, ...others] = sources;
  const port = Number(new URL(stack.functionsUrl).port);
  const storage = stack.connections.AzureWebJobsStorage;
  const latency = (streams: Stream[], seconds: number) =>
    webhookToVisible({ port, storage, signal, streams, seconds });

  say("Warming up");
  for (const running of [baseline, portal]) await receiveAt(running, 16, size.warmSeconds, inTurn(sources));
  say("Webhook to visible, idle");
  const idle = spreadOf(await latency([{ ...noisy, perSecond: idleRate, watched: true }], size.idleSeconds));
  const received = await compareReceiving(portal, baseline, inTurn(sources), size, say);
  const halfRate =
    (received.portal.find(({ connections }) => connections === 16)?.endToEndPerSecond ?? 0) / 2;

  say(`Webhook to visible at half load, ${Math.round(halfRate)} events/s`);
  const perSecond = (halfRate - idleRate) / sources.length;
  const load = sources.map((source) => ({ ...source, perSecond, watched: false }));
  const watched = { ...noisy, perSecond: idleRate, watched: true };
  const half = spreadOf(await latency([...load, watched], size.loadSeconds));

  say("Two organizations alone and beside a noisy one, in turn");
  const few = others.map((source) => ({
    ...source,
    perSecond: (halfRate * (1 - noisyShare)) / others.length,
    watched: true,
  }));
  const much = { ...noisy, perSecond: halfRate * noisyShare, watched: false };
  const [alone, beside]: [number[], number[]] = [[], []];
  for (let round = 0; round < size.rounds; round++) {
    alone.push(...(await latency(few, size.loadSeconds / 2)));
    beside.push(...(await latency([...few, much], size.loadSeconds / 2)));
  }

  say("Working off a full queue");
  const drainedOne = await drainBacklog(portal, [noisy], size.backlog);
  const drainedThree = await drainBacklog(portal, sources, size.backlog);
  say("Counting operations");
  const operations = await countOperations(portal, noisy, size.countedEvents);
  return {
    ...received,
    idle,
    halfRate,
    half,
    othersAlone: spreadOf(alone),
    othersBesideNoisy: spreadOf(beside),
    drainedOne,
    drainedThree,
    operations,
  };
}
