import fc from "fast-check";
import type { Outcome } from "../../contracts/common.ts";
import { sampleEvent, sampleEventId } from "./sampleEvent.ts";
import { networkFaults } from "./modelNetwork.ts";
import type { NetworkFault } from "./modelNetwork.ts";
import type { RecordedEvent } from "../recordedEvent.ts";

/** One delivery of a batch to one of the workers. It is delivered again, to the next worker, until it is recorded. */
export interface Delivery {
  worker: number;
  batch: RecordedEvent[];
}

/** A random story: who gets what, what goes wrong, and in what order everything takes effect. */
export interface RecordingScenario {
  workers: number;
  shards: number;
  seed: number;
  deliveries: Delivery[];
  faults: NetworkFault[];
  scheduler: fc.Scheduler;
}

/** The time of the story. Its events are from the last minutes, from hours before and from another day. */
export const scenarioNow = Date.UTC(2026, 2, 4, 0, 40);

const ages = [60_000, 4 * 60_000, 55 * 60_000, 100 * 60_000, 26 * 3_600_000];

const attemptArbitrary = fc.record({
  outcome: fc.constantFrom<Outcome>("success", "error", "skipped"),
  retried: fc.boolean(),
  replayed: fc.boolean(),
});

const eventArbitrary = fc.record({
  organizationId: fc.constantFrom("contoso", "fabrikam"),
  age: fc.constantFrom(...ages),
  /** The sender repeats the delivery under another time of receipt. */
  secondAge: fc.constantFrom(...ages),
  attempts: fc.array(attemptArbitrary, { minLength: 1, maxLength: 4 }),
});

/** Stories of concurrent workers, duplicates, redeliveries, retries, replays, faults and crashes. */
export const recordingScenario: fc.Arbitrary<RecordingScenario> = fc
  .record({
    workers: fc.integer({ min: 1, max: 6 }),
    shards: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(),
    events: fc.array(eventArbitrary, { minLength: 1, maxLength: 6 }),
    deliveries: fc.array(
      fc.record({ worker: fc.nat(5), picks: fc.array(fc.nat(), { minLength: 1, maxLength: 5 }) }),
      { minLength: 3, maxLength: 14 },
    ),
    faults: fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant<NetworkFault>("none") },
        fc.constantFrom(...networkFaults),
      ),
      { maxLength: 40 },
    ),
    scheduler: fc.scheduler(),
  })
  .map(({ events, deliveries, ...scenario }) => {
    const pool = events.flatMap(attemptsOf).map((event, index) => ({
      ...event,
      // Every attempt has a time of its own, by which the checks know it again.
      processedAt: scenarioNow + index,
    }));
    const pick = (number: number) => pool[number % pool.length] as RecordedEvent;
    return {
      ...scenario,
      deliveries: deliveries.map(({ worker, picks }) => ({ worker, batch: picks.map(pick) })),
    };
  });

type EventSpecification = typeof eventArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** The attempts of one event, its first delivery once more under another time of receipt. */
function attemptsOf(event: EventSpecification, index: number): RecordedEvent[] {
  const { organizationId, attempts } = event;
  const numbered = attempts.map(({ outcome, retried, replayed }, before) => {
    const waits = attempts[before - 1]?.outcome === "error" && attempts[before - 1]?.retried;
    return sampleEvent({
      organizationId,
      eventId: sampleEventId(index + 1),
      receivedAt: scenarioNow - event.age - index,
      attempt: before + 1,
      attemptKind: before === 0 ? "delivery" : waits && !replayed ? "retry" : "replay",
      outcome,
      nextAttemptAt: outcome === "error" && retried ? scenarioNow + 60_000 : null,
    });
  });
  const [first] = numbered;
  return first ? [...numbered, { ...first, receivedAt: scenarioNow - event.secondAge - index }] : [];
}
