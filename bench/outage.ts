import { sampleOrganizations } from "../local/stack/sampleOrganizations.ts";
import type { Stack } from "../local/stack/stack.ts";
import { sendAtRate } from "./load/fixedRate.ts";
import type { Sent } from "./load/fixedRate.ts";
import { spreadOf } from "./report/percentiles.ts";
import { deliverAll, nothingDelivered } from "./soak/deliver.ts";
import type { Delivered } from "./soak/deliver.ts";
import { planSoak } from "./soak/plan.ts";
import type { SoakEvent } from "./soak/plan.ts";
import { verify } from "./soak/runSoak.ts";
import type { SoakResult } from "./soak/runSoak.ts";
import { waitForEmptyQueues } from "./stack/queues.ts";
import type { StackRun } from "./stack/withStack.ts";

const perSecond = 40;
/** Load before and after each outage, in seconds. */
const calmSeconds = 3;
const drainMs = 180_000;
/** A broker that is away for less than this is waited for: its webhooks are accepted late instead of being refused. */
const noticedSeconds = 20;

/**
 * Takes storage away under load and gives it back, then the broker. Without storage every webhook must still be
 * accepted and nothing may be lost; without the broker every one must be refused with 503 and Retry-After, and
 * accepted when it is sent again later.
 */
export async function runOutage(
  { stack, signal }: StackRun,
  options: { seconds: number },
  say: (line: string) => void,
): Promise<SoakResult> {
  const phaseSeconds = options.seconds + 2 * calmSeconds;
  const plan = planSoak(Math.ceil(perSecond * phaseSeconds * 2), "outage", sampleOrganizations, Date.now());
  const upcoming = plan.events.values();
  const delivered = nothingDelivered();
  const phase = async (what: string, takeAway: () => Promise<() => Promise<void>>) => {
    say(`${what} goes away for ${options.seconds} s under ${perSecond} webhooks a second …`);
    return loadDuring(stack, upcoming, options.seconds, takeAway, signal);
  };

  const storage = await phase("Storage", () => stack.pauseStorage());
  note(storage.all, delivered);
  say("Waiting for the queues to run empty …");
  const backAt = performance.now();
  await waitForEmptyQueues(stack, { timeoutMs: drainMs, signal });
  const caughtUpMs = performance.now() - backAt;

  const broker = await phase("The broker", () => killBroker(stack));
  note(broker.all, delivered);
  const refused = broker.all.filter(({ answer }) => answer?.status !== 202);
  say(`Sending ${refused.length} refused webhooks again …`);
  await deliverAll(
    portOf(stack),
    refused.map(({ webhook }) => webhook),
    delivered,
    signal,
  );
  await waitForEmptyQueues(stack, { timeoutMs: drainMs, signal });

  const sent = { events: [...storage.all, ...broker.all].map(({ webhook }) => webhook) };
  const verdicts = await verify(stack.connections.AzureWebJobsStorage, sent, delivered);
  const notAccepted = storage.during.filter(({ answer }) => answer?.status !== 202);
  const withoutRetryAfter = broker.all.filter(
    ({ answer }) =>
      answer !== null &&
      answer.status !== 202 &&
      !(answer.status === 503 && answer.headers.includes("\nretry-after:")),
  );
  const missing = sent.events.filter((event) => !delivered.accepted.has(event));
  const answered = (of: Sent<SoakEvent>[]) => spreadOf(of.map(({ dueAt, answeredAt }) => answeredAt - dueAt));
  const [calm, away, refusals] = [answered(storage.calm), answered(storage.during), answered(refused)];
  return {
    problems: [
      ...delivered.wrong,
      ...sentences(notAccepted, (answer) => `Without storage a webhook was answered ${answer}.`),
      ...sentences(
        withoutRetryAfter,
        (answer) => `Without the broker a webhook was answered ${answer} or without Retry-After.`,
      ),
      ...(refused.length === 0 && options.seconds >= noticedSeconds
        ? ["The broker was away and nothing was refused."]
        : []),
      ...missing.map(({ eventId }) => `Event ${eventId} was never accepted.`),
      ...verdicts.flatMap(({ problems }) => problems),
    ],
    figures: [
      ["webhooks while storage was away", storage.during.length],
      ["… answered 202", storage.during.length - notAccepted.length],
      ["… answered after, p50 / p99 / longest (ms)", `${ms(away.p50)} / ${ms(away.p99)} / ${ms(away.max)}`],
      [
        "answered after with storage, p50 / p99 / longest (ms)",
        `${ms(calm.p50)} / ${ms(calm.p99)} / ${ms(calm.max)}`,
      ],
      ["seconds until all of them were processed", (caughtUpMs / 1000).toFixed(1)],
      ["webhooks while the broker was away", broker.during.length],
      [
        "… answered 503 with Retry-After",
        refused.filter(({ answer }) => answer !== null).length - withoutRetryAfter.length,
      ],
      ["… connection lost", refused.filter(({ answer }) => answer === null).length],
      [
        "… answered after, p50 / p99 / longest (ms)",
        `${ms(refusals.p50)} / ${ms(refusals.p99)} / ${ms(refusals.max)}`,
      ],
      ["events accepted in the end", `${delivered.accepted.size} of ${sent.events.length}`],
      ["event rows", verdicts.reduce((rows, verdict) => rows + verdict.eventRows, 0)],
    ],
  };
}

/** Sends at a steady rate, with something missing in the middle of it. */
async function loadDuring(
  stack: Stack,
  upcoming: Iterator<SoakEvent>,
  seconds: number,
  takeAway: () => Promise<() => Promise<void>>,
  signal: AbortSignal,
): Promise<{ all: Sent<SoakEvent>[]; calm: Sent<SoakEvent>[]; during: Sent<SoakEvent>[] }> {
  const all: Sent<SoakEvent>[] = [];
  let left = perSecond * (seconds + 2 * calmSeconds);
  const load = sendAtRate({
    port: portOf(stack),
    perSecond,
    next: () => (left-- > 0 ? upcoming.next().value : undefined),
    onSent: (sent) => all.push(sent),
    signal,
  });
  await pause(calmSeconds);
  const from = performance.now();
  const giveBack = await takeAway();
  let to: number;
  try {
    await pause(seconds);
  } finally {
    to = performance.now();
    await giveBack();
  }
  await load;
  const inside = ({ dueAt }: Sent<SoakEvent>) => dueAt >= from && dueAt < to;
  return { all, during: all.filter(inside), calm: all.filter((sent) => !inside(sent)) };
}

/** Kills the broker; the returned function starts it again on the same port and store. */
async function killBroker(stack: Stack): Promise<() => Promise<void>> {
  const { serviceBus } = stack.children;
  void serviceBus.stop();
  serviceBus.process.kill("SIGKILL");
  await serviceBus.ended;
  return () => stack.restartServiceBus();
}

function note(sent: readonly Sent<SoakEvent>[], delivered: Delivered): void {
  for (const { webhook, answer } of sent) {
    if (answer?.status === 202) delivered.accepted.add(webhook);
    else if (answer === null) delivered.lost.add(webhook);
  }
}

function sentences(sent: readonly Sent<SoakEvent>[], say: (answer: string) => string): string[] {
  return sent.map(({ answer }) => say(answer === null ? "not at all" : String(answer.status)));
}

function portOf({ functionsUrl }: Stack): number {
  return Number(new URL(functionsUrl).port);
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

function ms(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}
