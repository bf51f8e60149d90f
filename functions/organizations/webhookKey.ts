import { createHash, timingSafeEqual } from "node:crypto";
import type { StoredKey } from "./storedOrganization.ts";

/** SHA-256 of a webhook key as hexadecimal text: what is stored in place of the key. */
export function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** What a key is worth; a valid one is named by its id. */
type KeyCheck = { state: "valid"; keyId: string } | { state: "expired" | "wrong" };

/** Whether a key is one of those that are kept, compared in constant time so that its digits cannot be guessed one by one. */
export function checkKey(key: string, keys: readonly StoredKey[], now: number): KeyCheck {
  const given = Buffer.from(hashKey(key), "hex");
  let result: KeyCheck = { state: "wrong" };
  for (const stored of keys) {
    if (!timingSafeEqual(given, Buffer.from(stored.sha256, "hex"))) continue;
    if (stored.expiresAt === null || stored.expiresAt > now) result = { state: "valid", keyId: stored.keyId };
    else if (result.state === "wrong") result = { state: "expired" };
  }
  return result;
}
