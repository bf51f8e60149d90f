import type { StoredRow, Value } from "../platform/storage/table.ts";
import type { Payload } from "./recordedEvent.ts";

/** Most bytes of one binary property. */
const chunkSize = 64 * 1024;
const chunkCount = 6;

/** Most compressed bytes that are kept in the event's row (384 KiB). A larger payload belongs in a blob. */
const maxInlinePayload = chunkSize * chunkCount;

/** Every column that can hold a part of the payload. */
export const payloadColumnNames: readonly string[] = [
  "payloadBytes",
  "payloadBlob",
  ...Array.from({ length: chunkCount }, (_, index) => `payload${index}`),
];

/** The payload as columns. One too large for the row is left out; its size stays. */
export function writePayload(payload: Payload | null): Record<string, Value> {
  if (payload === null) return {};
  const columns: Record<string, Value> = { payloadBytes: payload.bytes };
  if ("blob" in payload) return { ...columns, payloadBlob: payload.blob };
  if (payload.gzip.length > maxInlinePayload) return columns;
  // A Buffer, since the SDK writes the whole memory behind any other view, not the part that the view shows.
  const gzip = Buffer.from(payload.gzip.buffer, payload.gzip.byteOffset, payload.gzip.byteLength);
  for (let start = 0; start < gzip.length; start += chunkSize) {
    columns[`payload${start / chunkSize}`] = gzip.subarray(start, start + chunkSize);
  }
  return columns;
}

/** The payload as it was received; null when none was kept. */
export function readPayloadColumns(row: StoredRow): Payload | null {
  const bytes = Number(row["payloadBytes"] ?? 0);
  if (typeof row["payloadBlob"] === "string") return { bytes, blob: row["payloadBlob"] };
  const chunks = payloadColumnNames.map((name) => row[name]).filter((value) => value instanceof Uint8Array);
  return chunks.length === 0 ? null : { bytes, gzip: Buffer.concat(chunks) };
}

/** The payload columns of a row as they are, for writing the row again. */
export function keptPayload(row: StoredRow): Record<string, Value> {
  const held = payloadColumnNames.filter((name) => row[name] !== undefined && row[name] !== null);
  return Object.fromEntries(held.map((name) => [name, row[name]]));
}
