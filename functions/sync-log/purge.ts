import { StorageFault } from "../platform/storage/table.ts";
import type { Range, StoredRow, Table, Write } from "../platform/storage/table.ts";
import { dayMs } from "./counters.ts";
import {
  counterPrefix,
  dayPrefix,
  endOf,
  eventPrefix,
  identityKey,
  indexKey,
  invertedTime,
  notePrefix,
  parsePosition,
  positionIn,
  rejectionPrefix,
} from "./keys.ts";
import { rejectionPartition } from "./rejection.ts";

/** Most deletions in one transaction, a multiple of the three rows of an event. */
const maxDeletions = 99;

/** From when on things are kept, in milliseconds since 1970 UTC. */
export interface Retention {
  /** Events, their payloads and rejections received before this go. */
  events: number;
  /** Counters of the days before this one go. Later than {@link events} it would leave events uncounted. */
  counters: number;
}

/**
 * Removes what an organization need not keep any more, the rows of an event together, and leaves the counters of the
 * events it removes. Looks at up to `limit` rows of a kind and tells whether that was all; may be repeated and
 * interrupted at will. A row that somebody changes at that moment stays until the next time, so a caller that goes on
 * until `done` should stop when nothing was `removed`. Payloads in blobs are not removed here.
 */
export async function purge(
  table: Table,
  organizationId: string | null,
  retention: Retention,
  limit = 1_000,
): Promise<{ removed: number; done: boolean }> {
  const partitionKey = rejectionPartition(organizationId);
  let removed = 0;
  for (const { from, to } of outdated(retention)) {
    const range: Range = { partitionKey, from, to, select: ["outcome"], limit };
    const page = await table.range(range);
    removed += await removeAll(table, page.rows.map(deletions));
    if (page.continuation !== null) return { removed, done: false };
  }
  return { removed, done: true };
}

/** The newest come first in every range, so what is outdated is its end. */
function outdated({ events, counters }: Retention): { from: string; to: string }[] {
  const oldest = invertedTime(events - 1);
  const day = dayPrefix(counters - dayMs).slice(counterPrefix.length);
  return [
    { from: `${eventPrefix}${oldest}|`, to: endOf(eventPrefix) },
    { from: `${rejectionPrefix}${oldest}|`, to: endOf(rejectionPrefix) },
    { from: `${notePrefix}${day}`, to: endOf(notePrefix) },
    { from: `${counterPrefix}${day}`, to: endOf(counterPrefix) },
  ];
}

/** The deletions that belong together: an event's with those of its identity and its index row. */
function deletions({ partitionKey, rowKey, outcome }: StoredRow): Write[] {
  const keys = [rowKey];
  if (rowKey.startsWith(eventPrefix)) {
    const { receivedAt, eventId } = parsePosition(positionIn(rowKey));
    keys.push(identityKey(eventId));
    if (outcome === "error" || outcome === "skipped") keys.push(indexKey(outcome, receivedAt, eventId));
  }
  return keys.map((key) => ({ kind: "delete", row: { partitionKey, rowKey: key } }));
}

/** Removes in large transactions; one of them that fails is repeated thing by thing, and what fails then stays. */
async function removeAll(table: Table, things: readonly Write[][]): Promise<number> {
  let removed = 0;
  const size = maxDeletions / 3;
  for (let start = 0; start < things.length; start += size) {
    const group = things.slice(start, start + size);
    if (await tryRemove(table, group.flat())) removed += group.length;
    else for (const thing of group) if (await tryRemove(table, thing)) removed += 1;
  }
  return removed;
}

async function tryRemove(table: Table, writes: readonly Write[]): Promise<boolean> {
  try {
    await table.submit(writes);
    return true;
  } catch (fault) {
    if (fault instanceof StorageFault && fault.kind === "conflict") return false;
    throw fault;
  }
}
