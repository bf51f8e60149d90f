import type { Row, StoredRow, Value } from "../platform/storage/table.ts";

/** Characters per column: Table Storage allows 64 KiB of UTF-16 in a text property. */
const columnLength = 32_000;

/** Names of the columns that a list may take: `name`, `name1`, `name2`, … */
export function listColumnNames(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => columnName(name, index));
}

/**
 * A list as JSON in up to `count` columns. What does not fit is left out from the end on; `leftOut` makes the
 * last item that says how many those are.
 */
export function writeList<T>(
  name: string,
  items: readonly T[],
  count: number,
  leftOut?: (items: number) => T,
): Record<string, Value> {
  const room = (columnLength - 1) * count - 1_000;
  const parts: string[] = [];
  let length = 0;
  for (const item of items) {
    const part = JSON.stringify(item);
    length += part.length + 1;
    if (length > room) break;
    parts.push(part);
  }
  const missing = items.length - parts.length;
  if (missing > 0 && leftOut) parts.push(JSON.stringify(leftOut(missing)));
  return split(name, `[${parts.join(",")}]`);
}

/** The list that {@link writeList} wrote; empty when there is none. */
export function readList<T>(row: Row | StoredRow, name: string): T[] {
  let json = "";
  for (let index = 0; ; index += 1) {
    const part = row[columnName(name, index)];
    if (typeof part !== "string") break;
    json += part;
  }
  return json === "" ? [] : (JSON.parse(json) as T[]);
}

function split(name: string, text: string): Record<string, Value> {
  const columns: Record<string, Value> = {};
  let start = 0;
  for (let index = 0; start < text.length; index += 1) {
    const end = wholeEnd(text, Math.min(start + columnLength, text.length));
    columns[columnName(name, index)] = text.slice(start, end);
    start = end;
  }
  return columns;
}

/** Where a part may end: not inside a surrogate pair, of which half would become another character on the wire. */
function wholeEnd(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return end < text.length && code >= 0xd8_00 && code <= 0xdb_ff ? end - 1 : end;
}

function columnName(name: string, index: number): string {
  return index === 0 ? name : `${name}${index}`;
}
