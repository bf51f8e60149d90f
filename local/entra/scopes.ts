import type { Refusal } from "./refusal.ts";

/** Microsoft Graph: whose token Entra gives to one who asks for no scope of any other API. */
const GRAPH = "00000003-0000-0000-c000-000000000000";
const OPENID = new Set(["openid", "profile", "email", "offline_access"]);

/** What a request for scopes came to. */
export type GrantedScopes = {
  /** The `aud` of the access token. */
  audience: string;
  /** The short names, as the `scp` claim carries them. */
  scp: string;
  /** The scopes as the token response names them: all but `offline_access`. */
  granted: string;
  /** `offline_access` was asked for. */
  refreshToken: boolean;
};

/**
 * Reads a `scope` parameter. As with Entra, a client that asks for none of the API's scopes gets a token
 * that the API refuses: the mistake shows here and not first in production.
 */
export function readScopes(scope: string, clientId: string): GrantedScopes | Refusal {
  const asked = scope.split(" ").filter((name) => name !== "");
  const apiScopes = asked.filter((name) => !OPENID.has(name));
  const prefixes = [`api://${clientId}/`, `${clientId}/`];
  const foreign = apiScopes.find((name) => !prefixes.some((prefix) => name.startsWith(prefix)));
  if (foreign !== undefined) {
    return {
      error: "invalid_scope",
      code: 70011,
      message: `The provided value for the input parameter 'scope' is not valid. The scope ${foreign} is not valid.`,
    };
  }
  const answer = {
    granted: asked.filter((name) => name !== "offline_access").join(" "),
    refreshToken: asked.includes("offline_access"),
  };
  if (apiScopes.length === 0) return { ...answer, audience: GRAPH, scp: answer.granted };
  const names = apiScopes.map((name) => name.slice(name.lastIndexOf("/") + 1));
  const scp = new Set(names.map((name) => (name === ".default" ? "access_as_user" : name)));
  return { ...answer, audience: clientId, scp: [...scp].join(" ") };
}
