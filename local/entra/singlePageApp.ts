import type { Issuer } from "./issuer.ts";
import { unknownApplication, type Refusal } from "./refusal.ts";
import type { TokenRequest } from "./grant.ts";

/**
 * Checks what a browser proves about itself at the token endpoint: that it is the web portal's app, and
 * (as with every redirect URI of the type "single-page application") that the call is cross-origin.
 */
export function findClientFault({ form, origin }: TokenRequest, issuer: Issuer): Refusal | undefined {
  const clientId = form.get("client_id") ?? "";
  if (clientId !== issuer.clientId) return unknownApplication(clientId, issuer.tenantId);
  if (origin === undefined) {
    return {
      error: "invalid_request",
      code: 9002327,
      message:
        "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
    };
  }
  return undefined;
}
