import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Issuer } from "./issuer.ts";
import type { Person } from "./people.ts";
import { openTicket, sealTicket } from "./tickets.ts";

const LIFETIME_SECONDS = 24 * 60 * 60;

/** Browsers send a cookie to every port of a host: under one name, two checkouts side by side would sign each other out. */
function cookieName({ url }: Issuer): string {
  return `portal-sync-sign-in-${new URL(url).port}`;
}

/** Who is signed in with this browser, if anyone. */
export async function sessionPerson(c: Context, issuer: Issuer): Promise<Person | undefined> {
  const cookie = getCookie(c, cookieName(issuer));
  const session = cookie && (await openTicket<{ signIn: string }>(issuer, "session", cookie));
  return session ? issuer.people.find(({ signIn }) => signIn === session.signIn) : undefined;
}

/**
 * Signs a person in with this browser. `SameSite=Lax` suffices for the hidden iframe of silent sign-in:
 * other ports of the same host are the same site.
 */
export async function startSession(c: Context, issuer: Issuer, person: Person): Promise<void> {
  const cookie = await sealTicket(issuer, "session", { signIn: person.signIn }, LIFETIME_SECONDS);
  setCookie(c, cookieName(issuer), cookie, {
    path: `/${issuer.tenantId}`,
    httpOnly: true,
    sameSite: "Lax",
  });
}

/** Signs this browser out. */
export function endSession(c: Context, issuer: Issuer): void {
  deleteCookie(c, cookieName(issuer), { path: `/${issuer.tenantId}` });
}
