import type { Range, StoredRow, Table } from "../platform/storage/table.ts";

/** All rows of a range that is known to be short: one request, unless storage stops early. */
export async function readRange(table: Table, range: Range): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  let continuation: string | null = null;
  do {
    const page = await table.range(continuation === null ? range : { ...range, continuation });
    rows.push(...page.rows);
    continuation = page.continuation;
  } while (continuation !== null);
  return rows;
}
