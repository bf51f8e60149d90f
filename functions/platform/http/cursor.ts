import { ApiProblem } from "./problem.ts";

/** The place of the last entry of a page as an opaque text: what is added to the list later shifts nothing. */
export function toCursor(key: string): string {
  return Buffer.from(key).toString("base64url");
}

/** Back from {@link toCursor}. Throws 400 `cursor.invalid` when it is no such place. */
export function fromCursor(cursor: string, pattern: RegExp): string {
  const key = Buffer.from(cursor, "base64url").toString();
  if (pattern.test(key)) return key;
  throw invalidCursor();
}

/** A cursor comes from the outside: one that was changed on the way is the caller's fault. */
export function invalidCursor(): ApiProblem {
  return new ApiProblem(
    400,
    "cursor.invalid",
    "The cursor is not valid",
    "The link to this page of the list is not valid. Open the list from its first page.",
  );
}
