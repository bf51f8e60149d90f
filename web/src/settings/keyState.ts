import type { Organization } from "../../../functions/contracts/organizations.ts";

/** A key as the list shows it. */
export type Key = Organization["keys"][number];
export type KeyState = "valid" | "expiring" | "expired";

const soon = 14 * 86_400_000;

/** Whether a key is accepted at `now`, in milliseconds since 1970, and for long enough to need no attention. */
export function keyState({ expiresAt }: Pick<Key, "expiresAt">, now: number): KeyState {
  if (expiresAt === null) return "valid";
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return "expired";
  return left <= soon ? "expiring" : "valid";
}
