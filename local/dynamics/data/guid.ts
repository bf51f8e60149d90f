import { createHash } from "node:crypto";

/** A GUID that the same names always yield again, so that sample rows keep their ids on every computer. */
export function stableGuid(...names: string[]): string {
  const hex = createHash("sha256").update(names.join("\u0000")).digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a GUID, in either case. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}
