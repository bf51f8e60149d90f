import { createHash } from "node:crypto";
import { z } from "zod";

/** Where to sign in: the part of a running stack that this flow needs. */
export type SignInTarget = { entraUrl: string; tenantId: string; clientId: string; portalUrl: string };

/** What a person holds after signing in. */
export type SignedIn = { accessToken: string; idToken: string; refreshToken: string };

const TokenAnswer = z.object({ access_token: z.string(), id_token: z.string(), refresh_token: z.string() });

/**
 * Signs a sample person in as the web portal does: sends the sign-in form, takes the code from the
 * redirect and redeems it with the code verifier. Rejects with the issuer's own sentence when it refuses.
 */
export async function signIn(target: SignInTarget, signInName: string): Promise<SignedIn> {
  const { entraUrl, tenantId, clientId, portalUrl } = target;
  const portalOrigin = new URL(portalUrl).origin;
  const redirectUri = `${portalOrigin}/redirect.html`;
  const verifier = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");

  const chosen = await fetch(`${entraUrl}/${tenantId}/login`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: "code",
      response_mode: "query",
      scope: `api://${clientId}/access_as_user openid profile offline_access`,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      person: signInName,
    }),
  });
  const code = new URL(chosen.headers.get("location") ?? redirectUri).searchParams.get("code");
  if (code === null) throw new Error(`The local sign-in refused ${signInName} (HTTP ${chosen.status}).`);

  const redeemed = await fetch(`${entraUrl}/${tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    // A browser adds this by itself; without it the issuer takes the caller for something else than the portal.
    headers: { origin: portalOrigin },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    }),
  });
  const body: unknown = await redeemed.json();
  if (!redeemed.ok) throw new Error((body as { error_description: string }).error_description);
  const tokens = TokenAnswer.parse(body);
  return { accessToken: tokens.access_token, idToken: tokens.id_token, refreshToken: tokens.refresh_token };
}
