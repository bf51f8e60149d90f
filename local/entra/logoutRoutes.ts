import { Hono, type Context } from "hono";
import type { Issuer } from "./issuer.ts";
import { showPage } from "./page.ts";
import { endSession } from "./session.ts";
import { signedOutPage } from "./signedOutPage.ts";

/** Signs the browser out and sends it back where it came from, if that is a registered address. */
export function logoutRoutes(issuer: Issuer): Hono {
  return new Hono().get("/oauth2/v2.0/logout", (c) => logout(c, issuer));
}

async function logout(c: Context, issuer: Issuer): Promise<Response> {
  endSession(c, issuer);
  const target = c.req.query("post_logout_redirect_uri");
  if (target === undefined || !issuer.isRedirectUri(target)) return showPage(c, signedOutPage());
  const url = new URL(target);
  const state = c.req.query("state");
  if (state !== undefined) url.searchParams.set("state", state);
  return c.redirect(url.href);
}
