import { Hono, type Context } from "hono";
import type { Issuer } from "./issuer.ts";
import { showPage } from "./page.ts";
import { readParams } from "./params.ts";
import { endSession } from "./session.ts";
import { signedOutPage } from "./signedOutPage.ts";

/** Signs the browser out and sends it back where it came from, if that is a registered address. */
export function logoutRoutes(issuer: Issuer): Hono {
  return new Hono().on(["GET", "POST"], "/oauth2/v2.0/logout", (c) => logout(c, issuer));
}

async function logout(c: Context, issuer: Issuer): Promise<Response> {
  endSession(c, issuer);
  const params = await readParams(c);
  const target = params.get("post_logout_redirect_uri");
  if (target === null || !issuer.isRedirectUri(target)) return showPage(c, signedOutPage());
  const url = new URL(target);
  const state = params.get("state");
  if (state !== null) url.searchParams.set("state", state);
  return c.redirect(url.href);
}
