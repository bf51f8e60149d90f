import { appTokenClaims } from "./claims.ts";
import type { Issuer } from "./issuer.ts";
import { unknownApplication, type Refusal } from "./refusal.ts";
import type { Grant } from "./grant.ts";
import { signToken, TOKEN_LIFETIME_SECONDS } from "./tokens.ts";

const DEFAULT_SCOPE = "/.default";

/** Gives an app with a secret a token for the resource it names as `<resource>/.default`. */
export function clientCredentialsGrant(issuer: Issuer): Grant {
  return async ({ form }) => {
    const clientId = form.get("client_id") ?? "";
    const app = issuer.apps.find((candidate) => candidate.clientId === clientId);
    if (!app) return unknownApplication(clientId, issuer.tenantId);
    if (form.get("client_secret") !== app.secret) return wrongSecret(clientId);
    // Clients may add the OpenID scopes, which mean nothing here.
    const scope = form
      .get("scope")
      ?.split(" ")
      .find((name) => name.endsWith(DEFAULT_SCOPE));
    if (!scope) return wrongScope(form.get("scope") ?? "");

    const resource = scope.slice(0, -DEFAULT_SCOPE.length);
    return {
      token_type: "Bearer",
      expires_in: TOKEN_LIFETIME_SECONDS,
      ext_expires_in: TOKEN_LIFETIME_SECONDS,
      access_token: await signToken(issuer, appTokenClaims(issuer, app, resource)),
    };
  };
}

function wrongSecret(clientId: string): Refusal {
  return {
    error: "invalid_client",
    code: 7000215,
    message: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
    status: 401,
  };
}

function wrongScope(scope: string): Refusal {
  return {
    error: "invalid_scope",
    code: 1002012,
    message: `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  };
}
