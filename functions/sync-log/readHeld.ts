import type { EventSummary } from "../contracts/portal.ts";
import type { Table } from "../platform/storage/table.ts";
import { after, endOf, heldKey, heldPrefix } from "./keys.ts";
import { toSummary } from "./storedEvent.ts";

/** Some of the events that are held. `more` tells whether storage may have further ones. */
export interface HeldPage {
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
  let continuation: string | null = null;
  do {
    const page = await table.range({
      ...{ partitionKey: organizationId, from, to: endOf(heldPrefix), limit },
      ...(continuation === null ? {} : { continuation }),
    });
    continuation = page.continuation;
    if (page.rows.length > 0) return { items: page.rows.map(toSummary), more: continuation !== null };
  } while (continuation !== null);
  return { items: [], more: false };
}
