import { createHash } from "node:crypto";

/** An id from outside as part of a row key: in lower case, or `~` and a hash of one that no key can hold. It never contains `|`. */
export function idKey(id: string): string {
  const lower = id.toLowerCase();
  return /^[a-z0-9_.:-]{1,200}$/.test(lower) ? lower : `~${createHash("sha256").update(lower).digest("hex")}`;
}
