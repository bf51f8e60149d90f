import { badRequest } from "./errors.ts";

/** Where a page ended. Clients hand it back untouched. */
export type Cursor = {
  page: number;
  /** The ordering values and the id of the last row, or the last version of a delta. */
  after: (string | number | boolean | null)[];
  /** The delta token that the last page will carry, fixed when the first page was read. */
  delta?: string;
};

/** Writes a cursor in the shape of Dataverse's paging cookie. */
export function writeCursor(cursor: Cursor): string {
  const state = Buffer.from(JSON.stringify(cursor)).toString("base64url");
  return `<cookie pagenumber="${cursor.page}" pagingcookie="${state}" istracking="${cursor.delta ? "True" : "False"}" />`;
}

/** Reads a cursor that {@link writeCursor} wrote. */
export function readCursor(token: string): Cursor {
  const state = /pagingcookie="([\w-]+)"/.exec(token)?.[1];
  try {
    return JSON.parse(Buffer.from(state ?? "", "base64url").toString());
  } catch {
    throw badRequest("Malformed XML in the paging cookie of $skiptoken.", "0x80060888");
  }
}

/** Where change tracking stands. */
type DeltaToken = { version: number; at: Date };

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** Writes a delta token as Dataverse does: a version and when it was handed out. */
export function writeDeltaToken({ version, at }: DeltaToken): string {
  const [date = "", time = ""] = at.toISOString().slice(0, 19).split("T");
  const [year, month, day] = date.split("-");
  return `${version}!${month}/${day}/${year} ${time}`;
}

/** Reads a delta token; one older than 7 days is refused and the client has to read everything again. */
export function readDeltaToken(token: string, now: Date): DeltaToken {
  const match = /^(\d+)!(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(token);
  if (!match) throw badRequest("The delta token is not valid.");
  const [, version, month, day, year, time] = match;
  const at = new Date(`${year}-${month}-${day}T${time}Z`);
  if (now.getTime() - at.getTime() > LIFETIME_MS) {
    throw badRequest(
      "Version stamp associated with the client has expired. Please perform a full sync.",
      "0x80044352",
    );
  }
  return { version: Number(version), at };
}
