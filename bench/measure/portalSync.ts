import { sampleOrganizations } from "../../local/stack/sampleOrganizations.ts";
import { createStamp } from "../load/stamp.ts";
import type { Stamp } from "../load/stamp.ts";
import type { BenchFigures } from "../report/benchReport.ts";
import type { StackRun } from "../stack/withStack.ts";
import { drainBacklog } from "./backlog.ts";
import type { BenchSize } from "./benchSize.ts";
import { webhookToVisible } from "./latency.ts";
import type { Stream } from "./latency.ts";
import { countOperations } from "./operations.ts";
import { receiveAt } from "./receive.ts";

/** Share of the load that the noisy organization sends. */
const noisyShare = 0.95;
/** Events a second at which each is over before the next begins. */
const idleRate = 8;

/** Measures Portal Sync on a fresh stack, from the quietest to the heaviest load. */
export async function measurePortalSync(
  running: StackRun,
  size: BenchSize,
  say: (step: string) => void,
): Promise<Omit<BenchFigures, "machine" | "baseline">> {
  const { stack, signal } = running;
  const sources = sampleOrganizations.map((organization) => ({
    organizationId: organization.id,
    stamp: createStamp(organization),
  }));
  const [noisy, ...others] = sources as [Source, ...Source[]];
  const common = {
    port: Number(new URL(stack.functionsUrl).port),
    storage: stack.connections.AzureWebJobsStorage,
    signal,
  };
  const latency = (streams: Stream[], seconds: number) => webhookToVisible({ ...common, streams, seconds });
  const next = roundRobin(sources.map(({ stamp }) => stamp));

  say("Portal Sync: warming up");
  await receiveAt(running, 16, size.warmSeconds, next);
  say("Portal Sync: webhook to visible, idle");
  const idle = await latency([{ ...noisy, perSecond: idleRate, watched: true }], size.idleSeconds);
  const portal = [];
  for (const connections of size.connections) {
    say(`Portal Sync: receiving over ${connections} connections`);
    portal.push(await receiveAt(running, connections, size.receiveSeconds, next));
  }
  const sustained = portal.find(({ connections }) => connections === 16)?.endToEndPerSecond ?? 0;
  const halfRate = sustained / 2;

  say(`Portal Sync: webhook to visible at half load, ${Math.round(halfRate)} events/s`);
  const spread = sources.map((source) => ({
    ...source,
    perSecond: (halfRate - idleRate) / sources.length,
    watched: false,
  }));
  const half = await latency([...spread, { ...noisy, perSecond: idleRate, watched: true }], size.loadSeconds);
  say("Portal Sync: two organizations alone");
  const few = others.map((source) => ({
    ...source,
    perSecond: (halfRate * (1 - noisyShare)) / others.length,
    watched: true,
  }));
  const othersAlone = await latency(few, size.loadSeconds);
  say("Portal Sync: the same two beside a noisy one");
  const much = { ...noisy, perSecond: halfRate * noisyShare, watched: false };
  const othersBesideNoisy = await latency([...few, much], size.loadSeconds);

  say("Portal Sync: a full queue");
  const drainedOne = await drainBacklog(running, [noisy], size.backlog);
  const drainedThree = await drainBacklog(running, sources, size.backlog);
  say("Portal Sync: counting operations");
  const operations = await countOperations(running, noisy, size.countedEvents);
  return {
    portal,
    drainedOne,
    drainedThree,
    idle,
    halfRate,
    half,
    othersAlone,
    othersBesideNoisy,
    operations,
  };
}

interface Source {
  organizationId: string;
  stamp: Stamp;
}

function roundRobin(stamps: readonly Stamp[]): () => Buffer {
  let turn = 0;
  return () => (stamps[turn++ % stamps.length] as Stamp).nextRequest();
}
