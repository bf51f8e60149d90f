import { SignJWT, type JWTPayload } from "jose";
import { accessTokenClaims, idTokenClaims } from "./claims.ts";
import type { Issuer } from "./issuer.ts";
import type { Person } from "./people.ts";
import type { GrantedScopes } from "./scopes.ts";
import { sealTicket } from "./tickets.ts";

/** How long access and id tokens are good for, in seconds. */
export const TOKEN_LIFETIME_SECONDS = 3600;

/** A refresh token that a single-page app gets ends one day after the sign-in, however often it was renewed. */
const REFRESH_LIFETIME_SECONDS = 24 * 60 * 60;

/** What a refresh token stands for. */
export type RefreshTicket = {
  signIn: string;
  /** Epoch seconds of the sign-in with which the chain of refresh tokens began. */
  signedInAt: number;
  /** The scopes of the sign-in: what a renewal gets that names none, and no renewal gets more. */
  scope: string;
};

/** Signs claims as a token that is valid from now on. */
export async function signToken({ keys, clock }: Issuer, claims: JWTPayload): Promise<string> {
  const now = Math.floor(clock() / 1000);
  return new SignJWT({ ...claims, uti: crypto.randomUUID() })
    .setProtectedHeader({ typ: "JWT", alg: "RS256", kid: keys.publicJwk.kid })
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + TOKEN_LIFETIME_SECONDS)
    .sign(keys.signing);
}

/** The token endpoint's answer for a person, in Entra's shape. */
export async function personTokens(
  issuer: Issuer,
  person: Person,
  scopes: GrantedScopes,
  { nonce, signedInAt, scope }: { nonce?: string | undefined; signedInAt: number; scope: string },
): Promise<Record<string, string | number>> {
  const now = Math.floor(issuer.clock() / 1000);
  const refresh: RefreshTicket = { signIn: person.signIn, signedInAt, scope };
  const remaining = signedInAt + REFRESH_LIFETIME_SECONDS - now;
  return {
    token_type: "Bearer",
    scope: scopes.granted,
    expires_in: TOKEN_LIFETIME_SECONDS,
    ext_expires_in: TOKEN_LIFETIME_SECONDS,
    access_token: await signToken(issuer, accessTokenClaims(issuer, person, scopes)),
    id_token: await signToken(issuer, idTokenClaims(issuer, person, nonce)),
    ...(scopes.refreshToken
      ? {
          refresh_token: await sealTicket(issuer, "refresh", refresh, remaining),
          refresh_token_expires_in: remaining,
        }
      : {}),
    client_info: clientInfo(issuer.tenantId, person),
  };
}

/** From this MSAL builds the key of the account in its cache. */
function clientInfo(tenantId: string, person: Person): string {
  return Buffer.from(JSON.stringify({ uid: person.objectId, utid: tenantId })).toString("base64url");
}
