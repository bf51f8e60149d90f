import type { Keys } from "./keys.ts";
import type { Person } from "./people.ts";

/** An app that signs in by itself, with a secret (client credentials). */
export type ConfidentialApp = {
  name: string;
  clientId: string;
  /** Object id of the app's service principal; `oid` and `sub` of its tokens. */
  objectId: string;
  secret: string;
};

/** All that the endpoints know: built once per start, read by every one of them. */
export type Issuer = {
  /** Address of this server, without a slash at the end. */
  url: string;
  tenantId: string;
  /** The app registration of the web portal and its API. */
  clientId: string;
  people: Person[];
  apps: ConfidentialApp[];
  /** Whether the app registration lists this redirect URI. */
  isRedirectUri: (uri: string) => boolean;
  keys: Keys;
  /** Epoch milliseconds. */
  clock: () => number;
};

/** The `iss` of v2 tokens. */
export function issuerName({ url, tenantId }: Pick<Issuer, "url" | "tenantId">): string {
  return `${url}/${tenantId}/v2.0`;
}
