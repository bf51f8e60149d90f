import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Issuer } from "./issuer.ts";
import type { Person } from "./people.ts";
import { openTicket, sealTicket } from "./tickets.ts";

const COOKIE = "portal-sync-sign-in";
const LIFETIME_SECONDS = 24 * 60 * 60;

/** Who is signed in with this browser, if anyone. */
export async function sessionPerson(c: Context, issuer: Issuer): Promise<Person | undefined> {
  const cookie = getCookie(c, COOKIE);
  const session = cookie && (await openTicket<{ signIn: string }>(issuer, "session", cookie));
  return session ? issuer.people.find(({ signIn }) => signIn === session.signIn) : undefined;
}

/**
 * Signs a person in with this browser. `SameSite=Lax` suffices for the hidden iframe of silent sign-in:
 * other ports of the same host are the same site.
 */
export async function startSession(c: Context, issuer: Issuer, person: Person): Promise<void> {
  const cookie = await sealTicket(issuer, "session", { signIn: person.signIn }, LIFETIME_SECONDS);
  setCookie(c, COOKIE, cookie, { path: `/${issuer.tenantId}`, httpOnly: true, sameSite: "Lax" });
}

/** Signs this browser out. */
export function endSession(c: Context, issuer: Issuer): void {
  deleteCookie(c, COOKIE, { path: `/${issuer.tenantId}` });
}
