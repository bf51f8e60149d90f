import { createHash } from "node:crypto";
import type { JWTPayload } from "jose";
import { issuerName, type ConfidentialApp, type Issuer } from "./issuer.ts";
import type { Person } from "./people.ts";

type Directory = Pick<Issuer, "url" | "tenantId" | "clientId">;

/** Claims of a v2 access token for a person; without the times. */
export function accessTokenClaims(
  issuer: Directory,
  person: Person,
  { audience, scp }: { audience: string; scp: string },
): JWTPayload {
  return {
    ...personClaims(issuer, person, audience),
    // `azpacr` 0: a public client, which proved nothing about itself.
    azp: issuer.clientId,
    azpacr: "0",
    scp,
  };
}

/** Claims of a v2 id token for a person; without the times. */
export function idTokenClaims(issuer: Directory, person: Person, nonce: string | undefined): JWTPayload {
  return { ...personClaims(issuer, person, issuer.clientId), ...(nonce === undefined ? {} : { nonce }) };
}

/** Claims of the token with which an app calls `resource` by itself; without the times. */
export function appTokenClaims(
  issuer: Pick<Issuer, "url" | "tenantId">,
  app: ConfidentialApp,
  resource: string,
): JWTPayload {
  return {
    iss: issuerName(issuer),
    aud: resource,
    ver: "2.0",
    tid: issuer.tenantId,
    oid: app.objectId,
    sub: app.objectId,
    azp: app.clientId,
    azpacr: "1",
    idtyp: "app",
  };
}

/** Entra leaves out `roles` and `groups` where there are none; so a reader must not count on them. */
function personClaims(issuer: Directory, person: Person, audience: string): JWTPayload {
  return {
    iss: issuerName(issuer),
    aud: audience,
    ver: "2.0",
    tid: issuer.tenantId,
    oid: person.objectId,
    sub: pairwiseSubject(person.objectId, audience),
    name: person.name,
    preferred_username: person.username,
    ...(person.roles.length > 0 ? { roles: person.roles } : {}),
    ...(person.groups.length > 0 ? { groups: person.groups } : {}),
  };
}

/** `sub` is the same person's stable name for one app, and another one for the next app. */
function pairwiseSubject(objectId: string, audience: string): string {
  return createHash("sha256").update(`${objectId} ${audience}`).digest("base64url");
}
