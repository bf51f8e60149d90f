import type { Table } from "../platform/storage/table.ts";
import { parseCursor } from "./cursor.ts";
import { after, endOf, rejectionPrefix } from "./keys.ts";
import { readPage } from "./page.ts";
import { rejectionColumns, rejectionPartition, toRejectionEntry } from "./rejection.ts";
import type { RejectionEntry } from "./rejection.ts";

/** A page of rejections, newest first. */
export interface RejectionPage {
  items: RejectionEntry[];
  nextCursor: string | null;
}

/**
 * The kept details of an organization's rejections, newest first, in one request; `null` for those of no organization.
 * Of many in one hour with one reason only the first are kept: the counts are in the status. Throws 400 `cursor.invalid`.
 */
export async function readRejections(
  table: Table,
  organizationId: string | null,
  query: { limit: number; cursor?: string | undefined },
): Promise<RejectionPage> {
  const cursor = parseCursor(query.cursor);
  const range = {
    partitionKey: rejectionPartition(organizationId),
    from: cursor.after === undefined ? rejectionPrefix : after(rejectionPrefix + cursor.after),
    to: endOf(rejectionPrefix),
    select: rejectionColumns,
  };
  const page = await readPage(table, range, query.limit, cursor);
  return { items: page.rows.map(toRejectionEntry), nextCursor: page.nextCursor };
}
