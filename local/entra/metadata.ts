import { Hono } from "hono";
import { issuerName, type Issuer } from "./issuer.ts";

/** The endpoints as MSAL takes them in `authorityMetadata` (there as a JSON string). */
export type AuthorityMetadata = {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  jwks_uri: string;
  end_session_endpoint: string;
};

/** Where the endpoints are; the paths are those of Entra's v2 endpoints. */
export function authorityMetadata(issuer: Pick<Issuer, "url" | "tenantId">): AuthorityMetadata {
  const tenant = `${issuer.url}/${issuer.tenantId}`;
  return {
    issuer: issuerName(issuer),
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${tenant}/discovery/v2.0/keys`,
    end_session_endpoint: `${tenant}/oauth2/v2.0/logout`,
  };
}

/** The discovery document and the public keys. */
export function metadataRoutes(issuer: Issuer): Hono {
  return new Hono()
    .get("/v2.0/.well-known/openid-configuration", (c) =>
      c.json({
        ...authorityMetadata(issuer),
        response_types_supported: ["code"],
        response_modes_supported: ["query", "fragment"],
        grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
        code_challenge_methods_supported: ["S256"],
        token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
        subject_types_supported: ["pairwise"],
        id_token_signing_alg_values_supported: ["RS256"],
        scopes_supported: ["openid", "profile", "email", "offline_access"],
      }),
    )
    .get("/discovery/v2.0/keys", (c) => c.json({ keys: [issuer.keys.publicJwk] }));
}
