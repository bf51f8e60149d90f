import { Hono } from "hono";
import { clientCredentialsGrant } from "./clientCredentialsGrant.ts";
import { clientSecretBasic } from "./clientSecretBasic.ts";
import { codeGrant } from "./codeGrant.ts";
import type { Grant } from "./grant.ts";
import type { Issuer } from "./issuer.ts";
import { refreshGrant } from "./refreshGrant.ts";
import { isRefusal, refuse, type Refusal } from "./refusal.ts";

/** The token endpoint. */
export function tokenRoutes(issuer: Issuer): Hono {
  const grants = new Map<string, Grant>([
    ["authorization_code", codeGrant(issuer)],
    ["refresh_token", refreshGrant(issuer)],
    ["client_credentials", clientCredentialsGrant(issuer)],
  ]);
  return new Hono().post("/oauth2/v2.0/token", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    for (const [name, value] of clientSecretBasic(c.req.header("authorization"))) form.set(name, value);
    const grant = grants.get(form.get("grant_type") ?? "");
    const answer = grant
      ? await grant({ form, origin: c.req.header("origin") })
      : unknownGrantType(form.get("grant_type"));
    c.header("Cache-Control", "no-store");
    return isRefusal(answer) ? refuse(c, answer, issuer.clock()) : c.json(answer);
  });
}

function unknownGrantType(grantType: string | null): Refusal {
  return grantType === null
    ? {
        error: "invalid_request",
        code: 900144,
        message: "The request body must contain the following parameter: 'grant_type'.",
      }
    : {
        error: "unsupported_grant_type",
        code: 70003,
        message: `The app requested an unsupported grant type '${grantType}'.`,
      };
}
