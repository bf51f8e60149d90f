/** What the portal must know of its environment, read from `/config.json` at start: one build serves every environment. */
export interface PortalConfig {
  /** Application (client) id of the portal's app registration in Entra. */
  clientId: string;
  tenantId: string;
  /** Address of the API including `/api`, without a slash at the end. */
  apiBaseUrl: string;
  /** Scope that a token for the API is asked for. */
  scope: string;
  /** OpenID Connect metadata as JSON text, where sign-in is not at Entra itself; null everywhere else. */
  authorityMetadata: string | null;
}

/** A configuration that cannot be used; the message lists everything that is wrong with it. */
export class ConfigError extends Error {}

const endpoints = ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"];

/** Loads and checks `/config.json`. Throws {@link ConfigError} when it is missing or malformed. */
export async function loadConfig(fetchConfig: () => Promise<Response>): Promise<PortalConfig> {
  const response = await fetchConfig().catch(() => null);
  if (!response) throw new ConfigError("The file /config.json could not be loaded from the server.");
  if (!response.ok) throw new ConfigError(`The server answered ${response.status} for /config.json.`);
  const content: unknown = await response.json().catch(() => null);
  return parseConfig(content);
}

/** Checks the content of `/config.json`. Throws {@link ConfigError} naming every setting that is wrong. */
export function parseConfig(content: unknown): PortalConfig {
  if (!isObject(content)) throw new ConfigError("/config.json is not a JSON object.");
  const wrong: string[] = [];
  const text = (name: string): string => {
    const value = content[name];
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    wrong.push(`"${name}" is missing.`);
    return "";
  };
  const config = {
    clientId: text("clientId"),
    tenantId: text("tenantId"),
    apiBaseUrl: text("apiBaseUrl").replace(/\/+$/, ""),
    scope: text("scope"),
    authorityMetadata: metadataText(content["authorityMetadata"], wrong),
  };
  if (config.apiBaseUrl !== "" && !isSafeUrl(config.apiBaseUrl))
    wrong.push(`"apiBaseUrl" must be an https address.`);
  if (wrong.length > 0) throw new ConfigError(wrong.join(" "));
  return config;
}

function metadataText(metadata: unknown, wrong: string[]): string | null {
  if (metadata === undefined || metadata === null || metadata === "") return null;
  const parsed = typeof metadata === "string" ? parseJson(metadata) : metadata;
  if (!isObject(parsed)) {
    wrong.push(`"authorityMetadata" is not a JSON object.`);
    return null;
  }
  for (const name of endpoints) {
    const address = parsed[name];
    if (address === undefined && name === "end_session_endpoint") continue;
    if (typeof address !== "string" || !isSafeUrl(address))
      wrong.push(`"authorityMetadata.${name}" must be an https address.`);
  }
  return JSON.stringify(parsed);
}

/** Tokens travel to these addresses: anything but https is refused, unless it never leaves this machine. */
function isSafeUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  if (protocol === "https:") return true;
  return protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
