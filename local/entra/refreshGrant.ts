import type { Issuer } from "./issuer.ts";
import { isRefusal, type Refusal } from "./refusal.ts";
import { readConsentedScopes } from "./scopes.ts";
import { findClientFault } from "./singlePageApp.ts";
import { openTicket } from "./tickets.ts";
import type { Grant } from "./grant.ts";
import { personTokens, type RefreshTicket } from "./tokens.ts";

/**
 * Renews tokens. Each answer brings a new refresh token with the end of the first one; as with Entra,
 * the one before stays valid until then.
 */
export function refreshGrant(issuer: Issuer): Grant {
  return async (request) => {
    const { form } = request;
    const clientFault = findClientFault(request, issuer);
    if (clientFault) return clientFault;

    const ticket = await openTicket<RefreshTicket>(issuer, "refresh", form.get("refresh_token") ?? "");
    const person = ticket && issuer.people.find(({ signIn }) => signIn === ticket.signIn);
    if (!ticket || !person) return REFRESH_EXPIRED;
    const { signedInAt, scope } = ticket;
    const scopes = readConsentedScopes(form.get("scope"), scope, issuer.clientId);
    if (isRefusal(scopes)) return scopes;

    return personTokens(issuer, person, scopes, { signedInAt, scope });
  };
}

const REFRESH_EXPIRED: Refusal = {
  error: "invalid_grant",
  code: 700084,
  message:
    "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.",
};
