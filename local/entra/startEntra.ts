import { entraApp } from "./app.ts";
import { issuerName, type ConfidentialApp } from "./issuer.ts";
import { generateKeys, loadKeys } from "./keys.ts";
import { listen, type Listening } from "../listen.ts";
import { authorityMetadata, type AuthorityMetadata } from "./metadata.ts";
import type { Person } from "./people.ts";
import { isLoopbackRedirectUri } from "./redirectUri.ts";

/** What the local issuer is started with. */
type EntraOptions = {
  /** 0: any free port. */
  port: number;
  /** The name in all its addresses, and the interface it listens on. Default `localhost`. */
  host?: string;
  tenantId: string;
  clientId: string;
  people: Person[];
  apps: ConfidentialApp[];
  /** Where the keys are kept, so that sessions survive a restart. Without it they end with the process. */
  keyFile?: string;
  /** Which redirect URIs are registered. Default: `/` and `/redirect.html` on any port of this machine. */
  isRedirectUri?: (uri: string) => boolean;
  /** Epoch milliseconds. Default: the system's clock. */
  clock?: () => number;
};

/** A running issuer. */
export type RunningEntra = Listening & {
  /** The `iss` of its tokens. */
  issuer: string;
  authorityMetadata: AuthorityMetadata;
};

/** Starts an OIDC issuer that answers as Entra ID v2 does. Rejects when the port is taken. */
export async function startEntra(options: EntraOptions): Promise<RunningEntra> {
  const { port, host = "localhost", tenantId, clientId, people, apps } = options;
  const keys = options.keyFile ? await loadKeys(options.keyFile) : await generateKeys();
  const listening = await listen({ port, host }, (url) =>
    entraApp({
      url,
      tenantId,
      clientId,
      people,
      apps,
      keys,
      isRedirectUri: options.isRedirectUri ?? isLoopbackRedirectUri,
      clock: options.clock ?? Date.now,
    }),
  );
  const directory = { url: listening.url, tenantId };
  return { ...listening, issuer: issuerName(directory), authorityMetadata: authorityMetadata(directory) };
}
