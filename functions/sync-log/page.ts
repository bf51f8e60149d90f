import type { Range, StoredRow, Table } from "../platform/storage/table.ts";
import type { Cursor } from "./cursor.ts";
import { toCursorText } from "./cursor.ts";
import { positionIn } from "./keys.ts";

/** Most requests for one page. A search through many rows that do not match ends with a short page and a cursor. */
const maxRequests = 5;

/** A page of rows, newest first, and the cursor of the next one; null on the last page. */
export interface Page {
  rows: StoredRow[];
  nextCursor: string | null;
}

/**
 * Reads up to `limit` rows of a range. The next cursor is the place of the last row; only where a search found none
 * has it to be the place at which storage stopped.
 */
export async function readPage(table: Table, range: Range, limit: number, cursor: Cursor): Promise<Page> {
  const rows: StoredRow[] = [];
  let continuation = cursor.continuation ?? null;
  for (let requests = 0; requests < maxRequests; requests += 1) {
    const page = await table.range({
      ...range,
      limit: limit - rows.length,
      ...(continuation === null ? {} : { continuation }),
    });
    rows.push(...page.rows);
    continuation = page.continuation;
    if (continuation === null || rows.length >= limit) break;
  }
  if (continuation === null) return { rows, nextCursor: null };
  const last = rows.at(-1);
  const next = last ? { after: positionIn(last.rowKey) } : { after: cursor.after, continuation };
  return { rows, nextCursor: toCursorText(next) };
}
