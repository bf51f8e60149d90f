import { z } from "zod";
import { secretsKeyBytes } from "./seal.ts";

/** What is said of a setting that is not there, or is there and wrong. */
const unless = (isNot: string) => ({
  error: ({ input }: { input?: unknown }) => (input === undefined ? "is missing." : `is not ${isNot}.`),
});
const url = z.url({ protocol: /^https?$/, ...unless("an address that begins with https://") });
const guid = z.guid(unless("a GUID"));
const between = (min: number, max: number) => {
  const isOutside = `is not between ${min} and ${max}.`;
  return z.coerce.number(unless("a number")).min(min, isOutside).max(max, isOutside);
};
const text = z.string().min(1).optional();

/**
 * Every setting of the app, by the name it has in Azure and in `local.settings.json`. In Azure the two
 * connections are by managed identity (`__` forms); locally they are connection strings.
 */
const settingsSchema = z.object({
  ServiceBus: text,
  ServiceBus__fullyQualifiedNamespace: text,
  ServiceBus__clientId: text,
  AzureWebJobsStorage: text,
  AzureWebJobsStorage__accountName: text,
  AzureWebJobsStorage__tableServiceUri: url.optional(),
  AzureWebJobsStorage__blobServiceUri: url.optional(),
  AzureWebJobsStorage__clientId: text,
  /** Tenant whose people sign in, and the client id of the app registration. */
  ENTRA_TENANT_ID: guid,
  ENTRA_CLIENT_ID: guid,
  /** Only for another issuer than login.microsoftonline.com. */
  ENTRA_ISSUER: url.optional(),
  ENTRA_JWKS_URI: url.optional(),
  /** Address of the web portal, without a slash at the end: the links in alerts lead there. */
  PORTAL_URL: url.transform((address) => address.replace(/\/+$/, "")),
  /** Where alerts go: the address of a Teams Workflows webhook. Without it no alert is sent. */
  TEAMS_WEBHOOK_URL: url.optional(),
  /** Hosts, separated by commas, that an organization's own Teams address may have besides those of Teams. */
  TEAMS_HOSTS: z.string().optional(),
  /** Key that seals the secrets of organizations: 32 random bytes in base64. Without it none can be stored. */
  SECRETS_KEY: text.refine(
    (key) => key === undefined || isSecretsKey(key),
    `is not ${secretsKeyBytes} bytes in base64.`,
  ),
  /** Sign-in of the app to Dataverse, needed to read rows that were too large for a webhook. */
  DATAVERSE_CLIENT_ID: text,
  DATAVERSE_CLIENT_SECRET: text,
  /** Endpoints of the token issuer as JSON, only for another issuer than login.microsoftonline.com. */
  DATAVERSE_AUTHORITY_METADATA: text.refine(
    (json) => json === undefined || isJsonObject(json),
    "is not a JSON object.",
  ),
  /** Further hosts, separated by commas, that may be read besides the Dynamics clouds: a host, or a domain with a leading point. */
  DATAVERSE_HOSTS: z.string().optional(),
  /** Largest webhook body in bytes. Dataverse itself strips bodies over 256 KB. */
  WEBHOOK_MAX_BYTES: between(1024, 16_777_216).int("is not a whole number.").default(1_048_576),
  /** Delay before the first automatic retry in seconds; each further one waits four times as long. */
  RETRY_BASE_SECONDS: between(0.1, 600).default(30),
});

type SettingName = keyof typeof settingsSchema.shape;

/** A connection can be given in several ways, each a set of settings; one of them has to be complete. */
const connections: { ways: SettingName[][]; remedy: string }[] = [
  {
    ways: [["ServiceBus"], ["ServiceBus__fullyQualifiedNamespace"]],
    remedy:
      "ServiceBus: set ServiceBus__fullyQualifiedNamespace (Azure) or ServiceBus (a connection string, local).",
  },
  {
    ways: [
      ["AzureWebJobsStorage"],
      ["AzureWebJobsStorage__accountName"],
      ["AzureWebJobsStorage__tableServiceUri", "AzureWebJobsStorage__blobServiceUri"],
    ],
    remedy:
      "AzureWebJobsStorage: set AzureWebJobsStorage__accountName (Azure; or both AzureWebJobsStorage__tableServiceUri and " +
      "AzureWebJobsStorage__blobServiceUri) or AzureWebJobsStorage (a connection string, local).",
  },
];

function isSecretsKey(key: string): boolean {
  const bytes = Buffer.from(key, "base64");
  return bytes.length === secretsKeyBytes && bytes.toString("base64") === key;
}

function isJsonObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The validated settings of the app. */
export type Settings = z.infer<typeof settingsSchema>;

/** Names of all settings, for the example file and its test. */
export const settingNames = Object.keys(settingsSchema.shape);

/** Reads the settings once, at start. Throws one error that lists all that is missing or malformed, without any value. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    settingNames.map((name) => [name, env[name] === "" ? undefined : env[name]]),
  );
  const result = settingsSchema.safeParse(given);
  const problems = [
    ...connections
      .filter(({ ways }) => !ways.some((names) => names.every((name) => given[name])))
      .map(({ remedy }) => remedy),
    ...(result.error?.issues ?? []).map((issue) => `${issue.path.join(".")}: ${issue.message}`),
  ];
  if (result.success && problems.length === 0) return result.data;
  const list = problems.map((problem) => `- ${problem}`).join("\n");
  throw new Error(`Portal Sync cannot start, these settings are missing or malformed:\n${list}`);
}
