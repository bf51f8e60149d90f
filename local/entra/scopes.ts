import { isRefusal, type Refusal } from "./refusal.ts";

/** Microsoft Graph: whose token Entra gives to one who asks for no scope of any other API. */
const GRAPH = "00000003-0000-0000-c000-000000000000";
/** The one scope that the app registration exposes. */
const API_SCOPE = "access_as_user";
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
  const asked = split(scope);
  const unknown = asked.find((name) => shortName(name, clientId) === undefined);
  if (unknown !== undefined) {
    return {
      error: "invalid_scope",
      code: 70011,
      message: `The provided value for the input parameter 'scope' is not valid. The scope ${unknown} is not valid.`,
    };
  }
  const granted = asked.filter((name) => name !== "offline_access").join(" ");
  const forApi = asked.some((name) => shortName(name, clientId) === API_SCOPE);
  return {
    ...(forApi ? { audience: clientId, scp: API_SCOPE } : { audience: GRAPH, scp: granted }),
    granted,
    refreshToken: asked.includes("offline_access"),
  };
}

/**
 * Reads the `scope` of a redemption or renewal, by default all that the sign-in asked for. There is no page
 * to consent on, so the request for a sign-in counts as consent, and what goes beyond it needs another one.
 */
export function readConsentedScopes(
  scope: string | null,
  consented: string,
  clientId: string,
): GrantedScopes | Refusal {
  const asked = scope ?? consented;
  const covered = new Set(split(consented).map((name) => shortName(name, clientId)));
  const scopes = readScopes(asked, clientId);
  if (isRefusal(scopes) || split(asked).every((name) => covered.has(shortName(name, clientId))))
    return scopes;
  return {
    error: "invalid_grant",
    code: 65001,
    suberror: "consent_required",
    message: `The user or administrator has not consented to use the application with ID '${clientId}'. Send an interactive authorization request for this user and resource.`,
  };
}

function split(scope: string): string[] {
  return scope.split(" ").filter((name) => name !== "");
}

/** A scope without the API it belongs to, `.default` being all that the API exposes; undefined for one that does not exist. */
function shortName(name: string, clientId: string): string | undefined {
  if (OPENID.has(name)) return name;
  const exposed = [`api://${clientId}`, clientId].flatMap((api) => [
    `${api}/${API_SCOPE}`,
    `${api}/.default`,
  ]);
  return exposed.includes(name) ? API_SCOPE : undefined;
}
