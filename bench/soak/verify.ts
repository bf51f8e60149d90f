import { TableClient } from "@azure/data-tables";
import type { StoredRow } from "../../functions/platform/storage/table.ts";
import { toSnapshot } from "../../functions/records/recordRow.ts";
import { dayPrefix, indexKey } from "../../functions/sync-log/keys.ts";
import { expectedMembers } from "./expectedMembers.ts";
import type { ExpectedMember } from "./expectedMembers.ts";
import type { SoakEvent } from "./plan.ts";
import { readStoredLog } from "./storedLog.ts";
import type { StoredLog } from "./storedLog.ts";

/** What a comparison found. An empty list of problems means that everything agrees. */
export interface Verdict {
  problems: string[];
  eventRows: number;
  outcomes: Record<string, number>;
  /** Events whose answer was lost, and that are recorded all the same. */
  unknownRecorded: number;
  identityRows: number;
  indexRows: number;
  countersCompared: number;
  recordsCompared: number;
}

/** Compares what is stored of one organization with what was accepted. `unknown` events may be there or not. */
export async function verifyOrganization(
  storage: string,
  organizationId: string,
  accepted: readonly SoakEvent[],
  unknown: readonly SoakEvent[],
): Promise<Verdict> {
  const log = await readStoredLog(storage, organizationId);
  const stored = new Set(log.events.map(({ eventId }) => eventId));
  const present = [...accepted, ...unknown].filter(({ eventId }) => stored.has(eventId));
  const records = await readMembers(storage, organizationId);
  const expected = expectedMembers(present);
  const counters = recount(log);
  const problems = [
    ...rowProblems(log, accepted, unknown),
    ...differences("counter", counters, log.counters),
    ...differences("record", asText(expected), asText(records)),
  ].map((problem) => `${organizationId}: ${problem}`);
  return {
    problems,
    eventRows: log.events.length,
    outcomes: countBy(log.events.map(({ outcome }) => outcome)),
    unknownRecorded: unknown.filter(({ eventId }) => stored.has(eventId)).length,
    identityRows: log.identities.size,
    indexRows: log.index.size,
    countersCompared: counters.size,
    recordsCompared: expected.size,
  };
}

function rowProblems(
  log: StoredLog,
  accepted: readonly SoakEvent[],
  unknown: readonly SoakEvent[],
): string[] {
  const rows = new Map(log.events.map((event) => [event.eventId, event.rowKey]));
  const sent = new Set([...accepted, ...unknown].map(({ eventId }) => eventId));
  const notSuccess = log.events.filter(({ outcome }) => outcome !== "success");
  const wanted = notSuccess.map(({ outcome, receivedAt, eventId }) =>
    indexKey(outcome as "error" | "skipped", receivedAt, eventId),
  );
  return [
    ...accepted
      .filter(({ eventId }) => !rows.has(eventId))
      .map(({ eventId }) => `event ${eventId} was accepted and is lost`),
    ...log.events
      .filter(({ eventId }) => !sent.has(eventId))
      .map(({ eventId }) => `event ${eventId} was never sent`),
    ...(rows.size === log.events.length
      ? []
      : [`${log.events.length - rows.size} events have more than one row`]),
    ...differences("identity", rows, log.identities),
    ...differences("index row", asKeys(wanted), asKeys(log.index)),
  ];
}

/** The counters as they have to be: the event rows by day, outcome and hour. */
function recount(log: StoredLog): Map<string, number> {
  const names = log.events.map(({ outcome, receivedAt }) => {
    const hour = String(new Date(receivedAt).getUTCHours()).padStart(2, "0");
    return `${dayPrefix(receivedAt).slice(2)}${outcome}${hour}`;
  });
  return new Map(Object.entries(countBy(names)));
}

async function readMembers(storage: string, organizationId: string): Promise<Map<string, ExpectedMember>> {
  const table = TableClient.fromConnectionString(storage, "Records", { allowInsecureConnection: true });
  const queryOptions = { filter: `PartitionKey eq '${organizationId}|member'` };
  const members = new Map<string, ExpectedMember>();
  for await (const row of table.listEntities({ queryOptions })) {
    const { record } = toSnapshot(row as unknown as StoredRow);
    const fields = Object.entries(record.fields).map(
      ([name, { value }]) => [name, value as string | null] as const,
    );
    members.set(
      record.externalId,
      record.deleted ? { deletedBy: record.deleted.eventId } : { fields: Object.fromEntries(fields) },
    );
  }
  return members;
}

/** One sentence for each key whose values differ. */
function differences<V>(
  what: string,
  wanted: ReadonlyMap<string, V>,
  found: ReadonlyMap<string, V>,
): string[] {
  const keys = new Set([...wanted.keys(), ...found.keys()]);
  return [...keys]
    .filter((key) => wanted.get(key) !== found.get(key))
    .map(
      (key) =>
        `${what} ${key} should be ${String(wanted.get(key) ?? "absent")} and is ${String(found.get(key) ?? "absent")}`,
    );
}

function asKeys(keys: Iterable<string>): Map<string, string> {
  return new Map([...keys].map((key) => [key, "there"]));
}

function asText(members: ReadonlyMap<string, ExpectedMember>): Map<string, string> {
  const text = (member: ExpectedMember) =>
    JSON.stringify("deletedBy" in member ? member : Object.entries(member.fields).toSorted(byName));
  return new Map([...members].map(([id, member]) => [id, text(member)]));
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
