import { badRequest } from "./errors.ts";

/** One part of an address: a name and, in parentheses, a key. */
export type Segment = { name: string; key?: string };

const SEGMENT = /^([$A-Za-z_][\w$.]*)(?:\((.*)\))?$/;

/** Splits `contacts(<id>)/parentcustomerid_account/$ref` into its parts. */
export function parsePath(path: string): Segment[] {
  return path
    .split("/")
    .filter(Boolean)
    .map((part) => {
      const match = SEGMENT.exec(decode(part));
      if (!match?.[1]) throw badRequest(`The request URI is not valid: '${part}'.`, "0x8006088a");
      return match[2] === undefined ? { name: match[1] } : { name: match[1], key: match[2].trim() };
    });
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`The request URI is not valid: '${part}'.`, "0x8006088a");
  }
}
