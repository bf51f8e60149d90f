import { deepStrictEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import type { RejectionReason } from "../../contracts/rejections.ts";
import type { StoredRow, Table } from "../../platform/storage/table.ts";
import { createRejectionRecorder } from "../rejectionRecorder.ts";
import type { Rejection } from "../rejection.ts";
import { rejectionsFrom } from "../rejectionSlots.ts";
import { connect, networkFaults, scheduledNetwork } from "./modelNetwork.ts";
import type { NetworkFault } from "./modelNetwork.ts";
import { createModelTable } from "./modelTable.ts";
import { numbersFrom } from "./randomNumbers.ts";
import { scenarioNow } from "./recordingScenario.ts";

/** A random story of refused requests. A refused request is not delivered again. */
interface RejectingScenario {
  workers: number;
  shards: number;
  seed: number;
  rejections: { worker: number; rejection: Rejection }[];
  faults: NetworkFault[];
  scheduler: fc.Scheduler;
}

/** Stories of concurrent workers, faults and crashes. */
export const rejectingScenario: fc.Arbitrary<RejectingScenario> = fc.record({
  workers: fc.integer({ min: 1, max: 5 }),
  shards: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
  rejections: fc.array(
    fc.record({
      worker: fc.nat(4),
      rejection: fc.record({
        organizationId: fc.constantFrom("contoso", null),
        reason: fc.constantFrom<RejectionReason>("wrongKey", "notJson"),
        at: fc.constantFrom(scenarioNow, scenarioNow - 3_600_000),
        contentType: fc.constant("application/json"),
        bytes: fc.constant(120),
      }),
    }),
    { minLength: 1, maxLength: 14 },
  ),
  faults: fc.array(
    fc.oneof({ weight: 3, arbitrary: fc.constant<NetworkFault>("none") }, fc.constantFrom(...networkFaults)),
    { maxLength: 30 },
  ),
  scheduler: fc.scheduler(),
});

/**
 * Plays a story. After every transaction each kept detail must be counted, and at the end each rejection exactly once;
 * only one whose recorder crashed or gave up may be counted or not. Throws at the first violation.
 */
export async function runRejecting(
  scenario: RejectingScenario,
  disturb: (table: Table) => Table = (table) => table,
): Promise<void> {
  const { scheduler, shards } = scenario;
  const violations: unknown[] = [];
  const model = createModelTable((partitionKey) => {
    try {
      const rows = [...model.rows(partitionKey).values()];
      deepStrictEqual(detailed(rows), counted(rows), "details and counts");
      const slots = rejectionsFrom(rows.filter(isCounter), 0);
      const details = rows.filter((row) => row.rowKey.startsWith("r|"));
      deepStrictEqual(slots, details.length, "details and slots");
    } catch (violation) {
      violations.push(violation);
    }
  });
  const network = scheduledNetwork(scenario);
  const { sleep } = network;
  const random = numbersFrom(scenario.seed);
  let id = 0;
  const newId = () => `id${(id += 1)}`;
  const workers = Array.from({ length: scenario.workers }, () => {
    const connection = connect(model, network);
    const table = disturb(connection.table);
    return { connection, recorder: createRejectionRecorder({ table, random, sleep, shards, newId }) };
  });
  const certain: Rejection[] = [];
  const all = scenario.rejections.map(({ rejection }) => rejection);

  async function reject({ worker, rejection }: RejectingScenario["rejections"][number]): Promise<void> {
    await network.delay("a refused request");
    const { connection, recorder } = workers[worker % workers.length] as (typeof workers)[number];
    const done = recorder.reject(rejection).then(
      () => certain.push(rejection),
      () => "gave up",
    );
    await Promise.race([done, connection.crashed]);
  }

  await scheduler.waitFor(Promise.all(scenario.rejections.map(reject)));
  await scheduler.waitIdle();
  if (violations.length > 0) throw violations[0];
  for (const partitionKey of ["contoso", "-"]) {
    const counts = counted([...model.rows(partitionKey).values()]);
    const least = expected(certain, partitionKey);
    const most = expected(all, partitionKey);
    for (const name of new Set([...Object.keys(counts), ...Object.keys(most)])) {
      const count = counts[name] ?? 0;
      const [from, to] = [least[name] ?? 0, most[name] ?? 0];
      ok(
        count >= from && count <= to,
        `${name}: ${count} counted, at least ${from} and at most ${to} happened`,
      );
    }
  }
}

function counted(rows: readonly StoredRow[]): Record<string, number> {
  const counters = rows.filter(isCounter);
  return tally(
    counters.flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) => {
        const [, reason, hour] = /^([a-zA-Z]+)(\d\d)$/.exec(column) ?? [];
        return Array.from(
          { length: reason ? Number(value) : 0 },
          () => `${row.rowKey.slice(2, 10)} ${hour} ${reason}`,
        );
      }),
    ),
  );
}

function isCounter({ rowKey }: StoredRow): boolean {
  return /^d\|\d{8}\|r/.test(rowKey);
}

function detailed(rows: readonly StoredRow[]): Record<string, number> {
  const details = rows.filter((row) => row.rowKey.startsWith("r|"));
  return tally(
    details.map((row) => nameOf(9_999_999_999_999 - Number(row.rowKey.slice(2, 15)), String(row["reason"]))),
  );
}

function expected(rejections: readonly Rejection[], partitionKey: string): Record<string, number> {
  const own = rejections.filter(({ organizationId }) => (organizationId ?? "-") === partitionKey);
  return tally(own.map(({ at, reason }) => nameOf(at, reason)));
}

function nameOf(at: number, reason: string): string {
  const iso = new Date(at).toISOString();
  return `${99_999_999 - Number(iso.slice(0, 10).replaceAll("-", ""))} ${iso.slice(11, 13)} ${reason}`;
}

function tally(names: readonly string[]): Record<string, number> {
  const groups = Map.groupBy(names.toSorted(), (name) => name);
  return Object.fromEntries([...groups].map(([name, each]) => [name, each.length]));
}
