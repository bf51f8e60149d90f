import { middleOf, spreadOf } from "../report/percentiles.ts";
import type { Spread } from "../report/percentiles.ts";
import type { StackRun } from "../stack/withStack.ts";
import { drainBacklog } from "./backlog.ts";
import type { BenchSize } from "./benchSize.ts";
import { webhookToVisible } from "./latency.ts";
import type { Stream } from "./latency.ts";
import { countOperations } from "./operations.ts";
import { receiveAt } from "./receive.ts";
import { compareReceiving } from "./receiveCompared.ts";
import { createSources, inTurn, mostlyFrom } from "./sources.ts";

/** Share of the load that the noisy organization sends. */
const noisyShare = 0.95;
/**
 * Shares of the two others in what is left. They differ: at one rate their events would always come at the same moments,
 * and be two samples of one wait.
 */
const othersShares = [0.45, 0.55];
/** Events a second at which each is visible before the next is sent: idle, no two share a batch. */
const idleRate = 4;
/** Watched events a second under load. */
const watchedRate = 8;

type Say = (step: string) => void;

/** How much is received and processed, and at what cost. The plain receiver stands idle while it is not its turn. */
export async function measureThroughput(portal: StackRun, baseline: StackRun, size: BenchSize, say: Say) {
  const sources = createSources();
  const [noisy] = sources;
  say("Warming up");
  for (const running of [baseline, portal]) await receiveAt(running, 16, size.warmSeconds, inTurn(sources));
  const received = await compareReceiving(portal, baseline, inTurn(sources), size, say);
  say("Working off a full queue");
  const drainedOne = await drainBacklog(portal, [noisy], size.backlog);
  const drainedThree = await drainBacklog(portal, sources, size.backlog);
  say("Counting operations");
  const operations = await countOperations(portal, noisy, size.countedEvents);
  return { ...received, drainedOne, drainedThree, operations };
}

/** How long it takes until an event is visible: idle, and at half of what can be kept up. */
export async function measureLatency(portal: StackRun, size: BenchSize, say: Say) {
  const sources = createSources();
  const [first] = sources;
  say("Warming up");
  const halfRate = await halfOf(portal, size, inTurn(sources));

  say("Webhook to visible, idle");
  const idle = await latency(portal, [{ ...first, perSecond: idleRate, watched: true }], size.idleSeconds);

  say(`Webhook to visible at half load, ${Math.round(halfRate)} events/s`);
  const perSecond = (halfRate - watchedRate) / sources.length;
  const load = sources.map((source) => ({ ...source, perSecond, watched: false }));
  const watched = { ...first, perSecond: watchedRate, watched: true };
  const half = await latency(portal, [...load, watched], size.loadSeconds);
  return { idle: spreadOf(idle), half: spreadOf(half), halfRate };
}

/**
 * How long two organizations wait until their events are visible, alone and beside a noisy one, in turn: the median of
 * the rounds' figures, so that what else happens on the machine in one of them does not decide.
 */
export async function measureNoisy(portal: StackRun, size: BenchSize, say: Say) {
  const [noisy, ...others] = createSources();
  say("Warming up");
  const mixedRate = await halfOf(portal, size, mostlyFrom(noisy, noisyShare, others));
  say(`Two organizations alone and beside a noisy one, ${Math.round(mixedRate)} events/s, in turn`);
  const few = others.map((source, index) => ({
    ...source,
    perSecond: mixedRate * (1 - noisyShare) * (othersShares[index] ?? 0),
    watched: true,
  }));
  const much = { ...noisy, perSecond: mixedRate * noisyShare, watched: false };
  const [alone, beside]: [Spread[], Spread[]] = [[], []];
  for (let round = 0; round < size.rounds; round++) {
    alone.push(spreadOf(await latency(portal, few, size.noisySeconds)));
    beside.push(spreadOf(await latency(portal, [...few, much], size.noisySeconds)));
  }
  return { mixedRate, othersAlone: middleOf(alone), othersBesideNoisy: middleOf(beside) };
}

/** Half of the rate that can be kept up with this mix. */
async function halfOf(portal: StackRun, size: BenchSize, nextRequest: () => Buffer): Promise<number> {
  return (await receiveAt(portal, 16, size.warmSeconds, nextRequest)).endToEndPerSecond / 2;
}

function latency({ stack, signal }: StackRun, streams: Stream[], seconds: number): Promise<number[]> {
  const port = Number(new URL(stack.functionsUrl).port);
  return webhookToVisible({
    port,
    storage: stack.connections.AzureWebJobsStorage,
    signal,
    streams,
    seconds,
  });
}
