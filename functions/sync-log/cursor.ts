import { invalidCursor } from "../platform/http/cursor.ts";
import { isContinuation } from "../platform/storage/azureTable.ts";

/** How far a list has been read. A place among the keys, so that what is added later shifts nothing. */
export interface Cursor {
  /** Position of the last row shown; the next page begins after it. */
  after?: string | undefined;
  /** Organization of that row, in a list over several. */
  organizationId?: string | undefined;
  /** Where storage stopped searching before it found another row. */
  continuation?: string | undefined;
}

/** In whole characters: a lone surrogate makes no URL. */
const positionPattern = /^\d{13}\|[^|/\\#?\p{Surrogate}]{1,100}$/u;

/** The cursor as an opaque text for a URL. */
export function toCursorText(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** Back from {@link toCursorText}. Throws 400 `cursor.invalid`. */
export function parseCursor(text: string | undefined): Cursor {
  if (text === undefined) return {};
  let cursor: unknown;
  try {
    cursor = JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    throw invalidCursor();
  }
  if (!isCursor(cursor)) throw invalidCursor();
  return cursor;
}

function isCursor(value: unknown): value is Cursor {
  if (typeof value !== "object" || value === null) return false;
  const { after, organizationId, continuation } = value as Record<string, unknown>;
  if (after === undefined && continuation === undefined) return false;
  const isPosition = after === undefined || (typeof after === "string" && positionPattern.test(after));
  const isName = organizationId === undefined || typeof organizationId === "string";
  const goesOn =
    continuation === undefined || (typeof continuation === "string" && isContinuation(continuation));
  return isPosition && isName && goesOn;
}
