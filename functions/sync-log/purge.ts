import { dayMs } from "../platform/clock.ts";
import { invertedTime } from "../platform/storage/invertedTime.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Range, StoredRow, Table, Write } from "../platform/storage/table.ts";
import {
  counterPrefix,
  dayPrefix,
  endOf,
  eventPrefix,
  identityKey,
  indexKey,
  notePrefix,
  parsePosition,
  positionIn,
  rejectionPrefix,
} from "./keys.ts";
import type { LogTables } from "./logTables.ts";
import { isHeld } from "./recordedEvent.ts";
import { recordKeysOf } from "./recordRows.ts";
import { rejectionPartition } from "./rejection.ts";

/** Most deletions in one transaction, a multiple of the three rows that an event which is not held can have. */
const maxDeletions = 99;

/** From when on things are kept, in milliseconds since 1970 UTC. */
interface Retention {
  /** Events, their payloads and rejections received before this go. */
  events: number;
  /** Counters of the days before this one go. Later than {@link events} it would leave events uncounted. */
  counters: number;
}

/**
 * Removes what an organization need not keep any more, the rows of an event together, and leaves the counters of the
 * events it removes. An event leaves the histories of its records first, so that none names an event that is gone.
 * Looks at up to `limit` removable rows of a kind and tells whether that was all; may be repeated and interrupted at
 * will. A row that somebody changes at that moment stays until the next time, so a caller that goes on until `done`
 * should stop when nothing was `removed`. An event that is held because the integration was paused stays, however old,
 * until it was processed; `oldestHeld` is when the oldest of them was received (milliseconds since 1970 UTC; null when
 * there is none; certain only when `done`). Payloads in blobs are not removed here.
 */
export async function purge(
  { syncLog, recordEvents }: LogTables,
  organizationId: string | null,
  retention: Retention,
  limit = 1_000,
): Promise<{ removed: number; done: boolean; oldestHeld: number | null }> {
  const partitionKey = rejectionPartition(organizationId);
  let removed = 0;
  let oldestHeld: number | null = null;
  for (const { from, to } of outdated(retention)) {
    const select = ["outcome", "code", "recordId", "recordIds"];
    const range: Range = { partitionKey, from, to, select, limit };
    // A page of held events only says nothing about those behind it.
    for (let continuation: string | null = null; ;) {
      const page = await syncLog.range(continuation === null ? range : { ...range, continuation });
      const held = page.rows.filter(isHeldEvent);
      const rows = page.rows.filter((row) => !isHeldEvent(row));
      const last = held.at(-1);
      if (last) oldestHeld = parsePosition(positionIn(last.rowKey)).receivedAt;
      await removeAll(recordEvents, rows.flatMap(indexDeletions), maxDeletions);
      removed += await removeAll(syncLog, rows.map(deletions), maxDeletions / 3);
      continuation = page.continuation;
      if (continuation === null) break;
      if (rows.length > 0) return { removed, done: false, oldestHeld };
    }
  }
  return { removed, done: true, oldestHeld };
}

function isHeldEvent(row: StoredRow): boolean {
  return row.rowKey.startsWith(eventPrefix) && isHeld(row);
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

/** The deletions of an event's rows in the index of records, each by itself. */
function indexDeletions(row: StoredRow): Write[][] {
  if (!row.rowKey.startsWith(eventPrefix)) return [];
  const { partitionKey } = row;
  return recordKeysOf(row).map((rowKey) => [{ kind: "delete", row: { partitionKey, rowKey } }]);
}

/** Removes `size` things in one transaction; one that fails is repeated thing by thing, and what fails then stays. */
async function removeAll(table: Table, things: readonly Write[][], size: number): Promise<number> {
  let removed = 0;
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
