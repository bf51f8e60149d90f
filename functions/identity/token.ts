import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import type { JWTPayload } from "jose";
import { role } from "../contracts/me.ts";
import { ApiProblem, unavailableProblem } from "../platform/http/problem.ts";
import type { Settings } from "../platform/settings.ts";
import type { Caller } from "./caller.ts";

/** Turns the `Authorization` header into the caller. Throws 401 for anything but a valid token of this app, 503 when its keys cannot be fetched. */
export type Authenticate = (authorization: string | null) => Promise<Caller>;

/** Clocks of two servers differ; Microsoft's own libraries allow five minutes, half a minute is enough here. */
const clockToleranceSeconds = 30;

/** The scope that the app registration exposes. The web portal asks for it, so each person's token has it. */
const apiScope = "access_as_user";

/**
 * Validates Entra access tokens of version 2.0: signature by the tenant's keys (RS256 only), issuer,
 * audience = this app's client id, validity in time, and the API's scope.
 */
export function createAuthenticate(settings: Settings): Authenticate {
  const authority = `https://login.microsoftonline.com/${settings.ENTRA_TENANT_ID}`;
  const issuer = settings.ENTRA_ISSUER ?? `${authority}/v2.0`;
  const keys = createRemoteJWKSet(new URL(settings.ENTRA_JWKS_URI ?? `${authority}/discovery/v2.0/keys`));
  return async (authorization) => {
    const token = /^Bearer ([^\s]+)$/i.exec(authorization ?? "")?.[1];
    if (!token)
      throw unauthorized("token.missing", "Send an access token of Portal Sync in the Authorization header.");
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: settings.ENTRA_CLIENT_ID,
        algorithms: ["RS256"],
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ["exp"],
      });
      return toCaller(payload);
    } catch (error) {
      if (error instanceof ApiProblem) throw error;
      if (isUnreachable(error)) throw unavailableProblem("The sign-in service", error);
      if (error instanceof errors.JWTExpired)
        throw unauthorized("token.expired", "The sign-in has expired. Sign in again.");
      throw unauthorized("token.invalid", "The access token is not valid for Portal Sync. Sign in again.");
    }
  };
}

/** The keys could not be had: no connection, no answer in time, or an answer that is not a key set. None of it says anything of the token. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof TypeError && error.message === "fetch failed") return true;
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  return error instanceof errors.JOSEError && error.code === "ERR_JOSE_GENERIC";
}

function unauthorized(code: string, detail: string): ApiProblem {
  return new ApiProblem(401, code, "Not signed in", detail, {
    headers: {
      "www-authenticate": `Bearer error="${code === "token.missing" ? "invalid_request" : "invalid_token"}"`,
    },
  });
}

/** Throws for a token without the API's scope: id tokens and apps' own tokens have the same issuer and audience, but none. */
function toCaller(claims: JWTPayload): Caller {
  if (!text(claims.scp)?.split(" ").includes(apiScope))
    throw unauthorized(
      "token.invalid",
      `This token is not for the API of Portal Sync. Sign in and ask for the scope ${apiScope}.`,
    );
  const roles = strings(claims.roles).flatMap((name) => role.safeParse(name).data ?? []);
  const groups = strings(claims.groups);
  const signInName = text(claims.preferred_username);
  if (roles.includes("Organization.Admin") && !roles.includes("Platform.Admin") && hasTooManyGroups(claims))
    throw new ApiProblem(
      403,
      "groups.overage",
      "Too many groups",
      "Your account is in more groups than a token can carry. In the app registration, emit only groups assigned to the application.",
    );
  return {
    id: text(claims.oid) ?? claims.sub ?? "",
    name: text(claims.name) ?? signInName ?? "Unknown",
    signInName,
    roles,
    groups: groups.map((id) => id.toLowerCase()),
  };
}

/** Entra names at most 200 groups in a token; for more it puts a link to them in their place. */
function hasTooManyGroups({ _claim_names: elsewhere }: JWTPayload): boolean {
  return typeof elsewhere === "object" && elsewhere !== null && "groups" in elsewhere;
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
