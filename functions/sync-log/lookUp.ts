import { forEachLimited } from "../platform/forEachLimited.ts";
import type { StoredRow, Table } from "../platform/storage/table.ts";
import { identityKey } from "./keys.ts";
import { hasLaterAttempt } from "./pending.ts";
import type { Known, Pending } from "./pending.ts";
import { text, toState } from "./storedEvent.ts";

/** Reads side by side. */
const concurrency = 32;

/**
 * Reads what is not known of these events: point reads side by side, since Table Storage has no other way to read many
 * keys. When some fail the others keep what they found, so that trying again comes to an end.
 */
export async function lookUp(
  table: Table,
  organizationId: string,
  events: readonly Pending[],
): Promise<void> {
  const unknown = events.filter(({ known }) => known === undefined);
  await forEachLimited(unknown, concurrency, async (pending) => {
    pending.known = await readKnown(table, organizationId, pending);
  });
}

/** The event's row, found by its id; null when it is not recorded. */
export async function findEvent(
  table: Table,
  organizationId: string,
  eventId: string,
  select?: readonly string[],
): Promise<StoredRow | null> {
  const key = await findEventKey(table, organizationId, eventId);
  if (key === null) return null;
  return table.get(organizationId, key, select);
}

async function readKnown(table: Table, organizationId: string, pending: Pending): Promise<Known> {
  if (!hasLaterAttempt(pending)) {
    return (await findEventKey(table, organizationId, pending.eventId)) === null ? null : "recorded";
  }
  const row = await findEvent(table, organizationId, pending.eventId);
  return row === null ? null : { state: toState(row), etag: row.etag };
}

async function findEventKey(table: Table, organizationId: string, eventId: string): Promise<string | null> {
  const identity = await table.get(organizationId, identityKey(eventId));
  return identity === null ? null : text(identity, "eventKey");
}
