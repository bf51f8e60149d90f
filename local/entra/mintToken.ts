/**
 * For tests alone: tokens that the issuer would never give, to prove that the API refuses them. Whoever
 * holds the key file can make any token, so nothing but tests imports this.
 */
import { generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from "jose";
import { accessTokenClaims } from "./claims.ts";
import { loadKeys } from "./keys.ts";
import type { Person } from "./people.ts";
import { TOKEN_LIFETIME_SECONDS } from "./tokens.ts";

/** The issuer whose tokens are imitated. */
export type MintTarget = {
  entraUrl: string;
  tenantId: string;
  clientId: string;
  /** The `keyFile` with which that issuer was started. */
  keyFile: string;
};

/** How the token differs from an honest one. */
export type MintOverrides = {
  /** Replace claims (`exp`, `aud`, `iss`, `roles`, …); undefined leaves a claim out. Times in epoch seconds. */
  claims?: Record<string, unknown>;
  /** `stranger`: signed by another key under the issuer's own `kid`. `none`: `alg: none`, no signature. */
  signedBy?: "issuer" | "stranger" | "none";
};

/** An access token for `person`: without overrides exactly one that the issuer could have given just now. */
export async function mintToken(
  { entraUrl, tenantId, clientId, keyFile }: MintTarget,
  person: Person,
  { claims: changes = {}, signedBy = "issuer" }: MintOverrides = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const honest = accessTokenClaims({ url: entraUrl, tenantId, clientId }, person, {
    audience: clientId,
    scp: "access_as_user",
  });
  const times = { iat: now, nbf: now, exp: now + TOKEN_LIFETIME_SECONDS };
  const claims = withoutUndefined({ ...honest, ...times, ...changes });
  if (signedBy === "none") return new UnsecuredJWT(claims).encode();

  const { signing, publicJwk } = await loadKeys(keyFile);
  const key = signedBy === "issuer" ? signing : (await generateKeyPair("RS256")).privateKey;
  return new SignJWT(claims).setProtectedHeader({ typ: "JWT", alg: "RS256", kid: publicJwk.kid }).sign(key);
}

function withoutUndefined(claims: Record<string, unknown>): JWTPayload {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}
