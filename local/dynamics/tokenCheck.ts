import { createRemoteJWKSet, jwtVerify } from "jose";
import type { TokenCheckConfig } from "./config.ts";
import type { Authorize } from "./web-api/access.ts";

/** Accepts tokens that the issuer signed for the environment's address, as Dataverse does. */
export function tokenCheck({ issuer, jwksUri }: TokenCheckConfig): Authorize {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  return async (token, environmentUrl) => {
    try {
      await jwtVerify(token, keys, { issuer, audience: [environmentUrl, `${environmentUrl}/`] });
      return true;
    } catch {
      return false;
    }
  };
}
