import { createHash } from "node:crypto";
import type { CodeTicket } from "./authorizationResponse.ts";
import type { Issuer } from "./issuer.ts";
import { isRefusal, type Refusal } from "./refusal.ts";
import { readScopes } from "./scopes.ts";
import { findClientFault } from "./singlePageApp.ts";
import { openTicket } from "./tickets.ts";
import type { Grant } from "./grant.ts";
import { personTokens } from "./tokens.ts";

/** Redeems an authorization code, once, for the one who holds the code verifier. */
export function codeGrant(issuer: Issuer): Grant {
  const redeemed = new Set<string>();
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
    const scope = form.get("scope") ?? ticket.scope;
    const scopes = readScopes(scope, issuer.clientId);
    if (isRefusal(scopes)) return scopes;

    redeemed.add(ticket.jti);
    return personTokens(issuer, person, scopes, { nonce: ticket.nonce, signedInAt: ticket.iat, scope });
  };
}

function challengeOf(verifier: string): string {
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
