import type { AuthorizationRequest, ReturnAddress } from "./authorizationRequest.ts";
import type { Issuer } from "./issuer.ts";
import type { Person } from "./people.ts";
import { refusalText, type Refusal } from "./refusal.ts";
import { sealTicket } from "./tickets.ts";

/** A code is redeemed at once; what takes longer is not an honest client. */
const CODE_LIFETIME_SECONDS = 10 * 60;

/** What an authorization code stands for. */
export type CodeTicket = {
  signIn: string;
  redirectUri: string;
  codeChallenge: string;
  scope: string;
  nonce?: string;
};

/** Where to send a browser whose person is now known: back to the client, with a code. */
export async function codeLocation(
  issuer: Issuer,
  request: AuthorizationRequest,
  person: Person,
): Promise<string> {
  const ticket: CodeTicket = {
    signIn: person.signIn,
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
    scope: request.scope,
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
  };
  return location(request, { code: await sealTicket(issuer, "code", ticket, CODE_LIFETIME_SECONDS) });
}

/** Where to send a browser whose request is refused: back to the client, with the reason. */
export function refusalLocation(address: ReturnAddress, refusal: Refusal): string {
  return location(address, { error: refusal.error, error_description: refusalText(refusal) });
}

function location(
  { redirectUri, responseMode, state }: ReturnAddress,
  answer: Record<string, string>,
): string {
  const params = new URLSearchParams({ ...answer, ...(state === undefined ? {} : { state }) });
  const url = new URL(redirectUri);
  if (responseMode === "fragment") url.hash = params.toString();
  else url.search = params.toString();
  return url.href;
}
