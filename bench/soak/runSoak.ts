import { sampleOrganizations } from "../../local/stack/sampleOrganizations.ts";
import { hostProcesses } from "../stack/hostStatus.ts";
import { waitForEmptyQueues } from "../stack/queues.ts";
import type { StackRun } from "../stack/withStack.ts";
import { deliverAll, nothingDelivered } from "./deliver.ts";
import type { Delivered } from "./deliver.ts";
import { disturb, planDisturbances } from "./disturb.ts";
import type { Kills } from "./disturb.ts";
import { planSoak } from "./plan.ts";
import type { SoakPlan } from "./plan.ts";
import { verifyOrganization } from "./verify.ts";
import type { Verdict } from "./verify.ts";

/** How much a soak sends and disturbs. */
export interface SoakOptions {
  events: number;
  kills: Kills;
  /** The same seed sends the same events in the same order. */
  seed: string;
}

/** What a soak found. */
export interface SoakResult {
  /** Everything that does not agree, in sentences. */
  problems: string[];
  /** Figures for people, in the order in which they are shown. */
  figures: [name: string, value: string | number][];
}

const drainMs = 180_000;

/** Sends events while processes are killed, waits until all is processed, and compares what is stored with what was accepted. */
export async function runSoak(
  { stack, signal }: StackRun,
  options: SoakOptions,
  say: (line: string) => void,
): Promise<SoakResult> {
  const plan = planSoak(options.events, options.seed, sampleOrganizations, Date.now());
  const delivered = nothingDelivered();
  const { deliveries } = plan;
  const began = performance.now();
  const progress = () => delivered.finished / deliveries.length;
  const line = (what: string) =>
    say(
      `${String(Math.round(progress() * 100)).padStart(3)} %  ${delivered.finished} of ${deliveries.length} sent  ${what}`,
    );
  const beat = setInterval(() => line(""), 5_000);
  try {
    await Promise.all([
      deliverAll(Number(new URL(stack.functionsUrl).port), deliveries, delivered, signal),
      disturb({ stack, progress, say: line, signal }, planDisturbances(options.kills)),
    ]);
    const sentMs = performance.now() - began;
    line("waiting for the queues to run empty");
    await hostProcesses(stack.functionsUrl);
    await waitForEmptyQueues(stack, { timeoutMs: drainMs, signal });
    const drainedMs = performance.now() - began - sentMs;
    line("comparing");
    const verdicts = await verify(stack.connections.AzureWebJobsStorage, plan, delivered);
    return {
      problems: [...delivered.wrong, ...verdicts.flatMap(({ problems }) => problems)],
      figures: figuresOf(plan, delivered, verdicts, options, { sentMs, drainedMs }),
    };
  } finally {
    clearInterval(beat);
  }
}

/** Checks every organization that was sent to. */
export async function verify(
  storage: string,
  plan: Pick<SoakPlan, "events">,
  delivered: Delivered,
): Promise<Verdict[]> {
  const byOrganization = Map.groupBy(plan.events, ({ organizationId }) => organizationId);
  const verdicts: Verdict[] = [];
  for (const [organizationId, events] of byOrganization) {
    const accepted = events.filter((event) => delivered.accepted.has(event));
    const unknown = events.filter((event) => !delivered.accepted.has(event) && delivered.lost.has(event));
    verdicts.push(await verifyOrganization(storage, organizationId, accepted, unknown));
  }
  return verdicts;
}

function figuresOf(
  plan: SoakPlan,
  delivered: Delivered,
  verdicts: readonly Verdict[],
  options: SoakOptions,
  times: { sentMs: number; drainedMs: number },
): SoakResult["figures"] {
  const sum = (of: (verdict: Verdict) => number) =>
    verdicts.reduce((total, verdict) => total + of(verdict), 0);
  const { functions, broker, storage } = options.kills;
  const unknown = [...delivered.lost].filter((event) => !delivered.accepted.has(event)).length;
  return [
    ["distinct events", plan.events.length],
    ["deliveries, with repetitions", plan.deliveries.length],
    ["functions killed / broker killed / storage away", `${functions} / ${broker} / ${storage}`],
    ["answered 503 and sent again", delivered.unavailable],
    ["accepted events (202 at least once)", delivered.accepted.size],
    ["answer unknown (connection lost, no 202)", unknown],
    ["… of those recorded", sum(({ unknownRecorded }) => unknownRecorded)],
    ["event rows", sum(({ eventRows }) => eventRows)],
    ["identity rows", sum(({ identityRows }) => identityRows)],
    ...(["success", "skipped", "error"] as const).map((outcome): [string, number] => [
      `… ${outcome}`,
      sum(({ outcomes }) => outcomes[outcome] ?? 0),
    ]),
    ["index rows (not success)", sum(({ indexRows }) => indexRows)],
    ["counters compared with a recount", sum(({ countersCompared }) => countersCompared)],
    ["records compared with last-writer-wins", sum(({ recordsCompared }) => recordsCompared)],
    ["seconds of sending / of draining after it", `${seconds(times.sentMs)} / ${seconds(times.drainedMs)}`],
  ];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
