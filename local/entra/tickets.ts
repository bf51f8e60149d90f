import { EncryptJWT, jwtDecrypt, type JWTPayload } from "jose";
import type { Issuer } from "./issuer.ts";

/** What a ticket is for. One kind is never accepted where another is asked for. */
type TicketKind = "code" | "refresh" | "session";

/** What every ticket says of itself: its id, and from when to when it is good, in epoch seconds. */
type TicketClaims = { jti: string; iat: number; exp: number };

/**
 * Seals `payload` into a string that only this issuer can read, valid for `lifetime` seconds. Codes,
 * refresh tokens and session cookies are such tickets: nothing is kept, so all of them survive a restart.
 */
export async function sealTicket(
  { keys, clock }: Issuer,
  kind: TicketKind,
  payload: JWTPayload,
  lifetime: number,
): Promise<string> {
  const now = Math.floor(clock() / 1000);
  return new EncryptJWT(payload)
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", typ: kind })
    .setJti(crypto.randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + lifetime)
    .encrypt(keys.sealing);
}

/** The payload of a ticket; undefined when it was forged, is of another kind or has expired. */
export async function openTicket<T extends object>(
  { keys, clock }: Issuer,
  kind: TicketKind,
  ticket: string,
): Promise<(T & TicketClaims) | undefined> {
  try {
    const { payload } = await jwtDecrypt(ticket, keys.sealing, { typ: kind, currentDate: new Date(clock()) });
    return payload as T & TicketClaims;
  } catch {
    return undefined;
  }
}
