import type { Range, RangeResult, StoredRow, Table } from "./table.ts";

/** The rows of a range, the first `most` of them when it is given: one request a thousand, unless storage stops early. */
export async function readRange(
  table: Table,
  range: Omit<Range, "limit" | "continuation">,
  most = Number.POSITIVE_INFINITY,
): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  let continuation: string | null = null;
  do {
    const limit = Math.min(1_000, most - rows.length);
    const page = await table.range({ ...range, limit, ...(continuation === null ? {} : { continuation }) });
    rows.push(...page.rows);
    continuation = page.continuation;
  } while (continuation !== null && rows.length < most);
  return rows;
}

/** One page of a range, which has rows unless there are none: one request, unless storage stops before the first row. */
export async function readSomeRows(table: Table, range: Range): Promise<RangeResult> {
  let page = await table.range(range);
  while (page.rows.length === 0 && page.continuation !== null)
    page = await table.range({ ...range, continuation: page.continuation });
  return page;
}
