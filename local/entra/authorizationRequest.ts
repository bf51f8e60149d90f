import type { Issuer } from "./issuer.ts";
import { isRefusal, unknownApplication, type Refusal } from "./refusal.ts";
import { readScopes } from "./scopes.ts";

/** Where the answer goes and how. */
export type ReturnAddress = {
  redirectUri: string;
  responseMode: "query" | "fragment";
  state: string | undefined;
};

/** A valid request for a code. */
export type AuthorizationRequest = ReturnAddress & {
  codeChallenge: string;
  scope: string;
  nonce: string | undefined;
  prompt: "none" | "login" | "select_account" | undefined;
  /** The username that the client expects to find signed in. */
  loginHint: string | undefined;
};

/**
 * What a request to the authorize endpoint came to. A refusal may be sent back to the client only
 * when there is a return address, which means that the client and its redirect URI were found good.
 */
type ParsedAuthorization =
  | { request: AuthorizationRequest }
  | { refusal: Refusal; returnAddress: ReturnAddress | undefined };

/** Checks the parameters of the authorize endpoint: client and redirect URI first, since they decide who may hear of the rest. */
export function parseAuthorization(params: URLSearchParams, issuer: Issuer): ParsedAuthorization {
  const value = (name: string) => params.get(name) ?? undefined;
  const clientId = value("client_id") ?? "";
  const redirectUri = value("redirect_uri") ?? "";
  if (clientId !== issuer.clientId) {
    return { refusal: unknownApplication(clientId, issuer.tenantId), returnAddress: undefined };
  }
  if (!issuer.isRedirectUri(redirectUri)) {
    return {
      refusal: {
        error: "invalid_request",
        code: 50011,
        message: `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'.`,
      },
      returnAddress: undefined,
    };
  }
  const responseMode = value("response_mode") ?? "query";
  const state = value("state");
  const returnAddress: ReturnAddress = {
    redirectUri,
    responseMode: responseMode === "fragment" ? "fragment" : "query",
    state,
  };
  const codeChallenge = value("code_challenge") ?? "";
  const scope = value("scope") ?? "";
  const refusal = findFault({
    responseType: value("response_type"),
    responseMode,
    prompt: value("prompt"),
    codeChallenge,
    codeChallengeMethod: value("code_challenge_method"),
    scope,
    clientId,
  });
  if (refusal) return { refusal, returnAddress };
  return {
    request: {
      ...returnAddress,
      codeChallenge,
      scope,
      nonce: value("nonce"),
      prompt: value("prompt") as AuthorizationRequest["prompt"],
      loginHint: value("login_hint"),
    },
  };
}

function findFault(asked: {
  responseType: string | undefined;
  responseMode: string;
  prompt: string | undefined;
  codeChallenge: string;
  codeChallengeMethod: string | undefined;
  scope: string;
  clientId: string;
}): Refusal | undefined {
  if (asked.responseType !== "code") {
    return {
      error: "unsupported_response_type",
      message: `The response_type '${asked.responseType ?? ""}' is not enabled for the application. Use 'code'.`,
    };
  }
  if (!["query", "fragment"].includes(asked.responseMode)) {
    return {
      error: "invalid_request",
      message: `The response_mode '${asked.responseMode}' is not served here. Use 'query' or 'fragment'.`,
    };
  }
  if (asked.prompt !== undefined && !["none", "login", "select_account"].includes(asked.prompt)) {
    return { error: "invalid_request", message: `The prompt '${asked.prompt}' is not served here.` };
  }
  if (asked.codeChallenge === "" || asked.codeChallengeMethod !== "S256") {
    return {
      error: "invalid_request",
      code: 9002325,
      message:
        "Proof Key for Code Exchange is required for cross-origin authorization code redemption. Send a code_challenge with the method S256.",
    };
  }
  if (asked.scope.trim() === "") {
    return {
      error: "invalid_request",
      code: 900144,
      message: "The request body must contain the following parameter: 'scope'.",
    };
  }
  const scopes = readScopes(asked.scope, asked.clientId);
  return isRefusal(scopes) ? scopes : undefined;
}
