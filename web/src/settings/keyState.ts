import type { Organization } from "../../../functions/contracts/organizations.ts";

/** A key as the list shows it. */
export type Key = Organization["keys"][number];
export type KeyState = "valid" | "expiring" | "expired";

/** Whether a key is accepted at `now`, in milliseconds since 1970, and for more than `days`, the limit of the alert. */
export function keyState({ expiresAt }: Pick<Key, "expiresAt">, days: number, now: number): KeyState {
  if (!isAccepted({ expiresAt }, now)) return "expired";
  return expiresAt !== null && Date.parse(expiresAt) - now <= days * 86_400_000 ? "expiring" : "valid";
}

/** Whether a key is accepted at `now`: it has not expired. */
export function isAccepted({ expiresAt }: Pick<Key, "expiresAt">, now: number): boolean {
  return expiresAt === null || Date.parse(expiresAt) > now;
}

/** Whether a key is the only one of all that is accepted at `now`. */
export function isLastAccepted({ keyId }: Pick<Key, "keyId">, all: readonly Key[], now: number): boolean {
  const accepted = all.filter((key) => isAccepted(key, now));
  return accepted.length === 1 && accepted[0]?.keyId === keyId;
}
