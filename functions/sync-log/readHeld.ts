import type { EventSummary } from "../contracts/portal.ts";
import { readSomeRows } from "../platform/storage/readRange.ts";
import type { Table } from "../platform/storage/table.ts";
import { after, endOf, heldKey, heldPrefix } from "./keys.ts";
import { toSummary } from "./storedEvent.ts";

/** Some of the events that are held. `more` tells whether storage may have further ones. */
interface HeldPage {
  items: EventSummary[];
  more: boolean;
}

/**
 * Events that are held because the integration was paused, newest first, those after `begin` when it is given. One
 * request, however long the history, unless storage stops early. An event leaves this list in the transaction that
 * gives it another outcome.
 */
export async function readHeld(
  table: Table,
  organizationId: string,
  { limit, begin }: { limit: number; begin?: Pick<EventSummary, "receivedAt" | "eventId"> | null },
): Promise<HeldPage> {
  const from = begin ? after(heldKey(Date.parse(begin.receivedAt), begin.eventId)) : heldPrefix;
  const held = { partitionKey: organizationId, from, to: endOf(heldPrefix), limit };
  const { rows, continuation } = await readSomeRows(table, held);
  return { items: rows.map(toSummary), more: continuation !== null };
}
