import { createHash } from "node:crypto";
import type { CodeTicket } from "./authorizationResponse.ts";
import type { Issuer } from "./issuer.ts";
import { isRefusal, type Refusal } from "./refusal.ts";
import { readConsentedScopes } from "./scopes.ts";
import { findClientFault } from "./singlePageApp.ts";
import { openTicket } from "./tickets.ts";
import type { Grant } from "./grant.ts";
import { personTokens } from "./tokens.ts";

/**
 * Redeems an authorization code, once, for the one who holds the code verifier. `redeemed` holds the ids of
 * the codes that were, each with its end in epoch seconds: one that has died needs no remembering.
 */
export function codeGrant(issuer: Issuer, redeemed = new Map<string, number>()): Grant {
  return async (request) => {
    const { form } = request;
    const clientFault = findClientFault(request, issuer);
    if (clientFault) return clientFault;

    const ticket = await openTicket<CodeTicket>(issuer, "code", form.get("code") ?? "");
    const person = ticket && issuer.people.find(({ signIn }) => signIn === ticket.signIn);
    if (!ticket || !person) return CODE_EXPIRED;
    if (redeemed.has(ticket.jti)) return CODE_REDEEMED;
    if (form.get("redirect_uri") !== ticket.redirectUri) return OTHER_REDIRECT_URI;
    if (challengeOf(form.get("code_verifier") ?? "") !== ticket.codeChallenge) return WRONG_VERIFIER;
    const scopes = readConsentedScopes(form.get("scope"), ticket.scope, issuer.clientId);
    if (isRefusal(scopes)) return scopes;

    for (const [jti, end] of redeemed) if (end <= issuer.clock() / 1000) redeemed.delete(jti);
    redeemed.set(ticket.jti, ticket.exp);
    const { nonce, iat, scope } = ticket;
    return personTokens(issuer, person, scopes, { nonce, signedInAt: iat, scope });
  };
}

/** Undefined for what cannot be a verifier: one has 43 to 128 unreserved characters (RFC 7636, 4.1). */
function challengeOf(verifier: string): string | undefined {
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return undefined;
  return createHash("sha256").update(verifier).digest("base64url");
}

const CODE_EXPIRED: Refusal = {
  error: "invalid_grant",
  code: 70008,
  message:
    "The provided authorization code or refresh token has expired. Send a new interactive sign-in request.",
};
const CODE_REDEEMED: Refusal = {
  error: "invalid_grant",
  code: 54005,
  message:
    "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
};
const OTHER_REDIRECT_URI: Refusal = {
  error: "invalid_grant",
  message: "The redirect_uri is not the one with which the authorization code was asked for.",
};
const WRONG_VERIFIER: Refusal = {
  error: "invalid_grant",
  code: 501481,
  message: "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
};
