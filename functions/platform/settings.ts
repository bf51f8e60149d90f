import { z } from "zod";

const url = z.url({ protocol: /^https?$/, error: "is not an address that begins with https://." });
const text = z.string().min(1).optional();

/**
 * Every setting of the app, by the name it has in Azure and in `local.settings.json`. In Azure the two
 * connections are by managed identity (`__` forms); locally they are connection strings.
 */
const settingsSchema = z
  .object({
    ServiceBus: text,
    ServiceBus__fullyQualifiedNamespace: text,
    ServiceBus__clientId: text,
    AzureWebJobsStorage: text,
    AzureWebJobsStorage__accountName: text,
    AzureWebJobsStorage__tableServiceUri: url.optional(),
    AzureWebJobsStorage__blobServiceUri: url.optional(),
    AzureWebJobsStorage__clientId: text,
    /** Tenant whose people sign in, and the client id of the app registration. */
    ENTRA_TENANT_ID: z.guid(),
    ENTRA_CLIENT_ID: z.guid(),
    /** Only for another issuer than login.microsoftonline.com. */
    ENTRA_ISSUER: url.optional(),
    ENTRA_JWKS_URI: url.optional(),
    /** Address of the web portal, without a slash at the end: the links in alerts lead there. */
    PORTAL_URL: url.transform((address) => address.replace(/\/+$/, "")),
    /** Where alerts go: the address of a Teams Workflows webhook. Without it no alert is sent. */
    TEAMS_WEBHOOK_URL: url.optional(),
    /** Sign-in of the app to Dataverse, needed to read rows that were too large for a webhook. */
    DATAVERSE_CLIENT_ID: text,
    DATAVERSE_CLIENT_SECRET: text,
    /** Endpoints of the token issuer as JSON, only for another issuer than login.microsoftonline.com. */
    DATAVERSE_AUTHORITY_METADATA: text.refine((json) => json === undefined || isJsonObject(json), "is not a JSON object."),
    /** Further hosts, separated by commas, that may be read besides the Dynamics clouds: a host, or a domain with a leading point. */
    DATAVERSE_HOSTS: z.string().optional(),
    /** Largest webhook body in bytes. Dataverse itself strips bodies over 256 KB. */
    WEBHOOK_MAX_BYTES: z.coerce.number().int().min(1024).max(16_777_216).default(1_048_576),
    /** Delay before the first automatic retry in seconds; each further one waits four times as long. */
    RETRY_BASE_SECONDS: z.coerce.number().min(0.1).max(600).default(30),
  })
  .check((context) => {
    const value = context.value;
    const needOne = (names: readonly (keyof typeof value)[], what: string) => {
      if (names.every((name) => value[name] === undefined))
        context.issues.push({ code: "custom", input: value, path: [names[0] ?? ""], message: what });
    };
    needOne(
      ["ServiceBus", "ServiceBus__fullyQualifiedNamespace"],
      "set ServiceBus__fullyQualifiedNamespace (Azure) or ServiceBus (a connection string, local).",
    );
    needOne(
      ["AzureWebJobsStorage", "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__tableServiceUri"],
      "set AzureWebJobsStorage__accountName (Azure) or AzureWebJobsStorage (a connection string, local).",
    );
    if (value.AzureWebJobsStorage__tableServiceUri)
      needOne(
        ["AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__accountName", "AzureWebJobsStorage"],
        "set it as well: the address of tables alone does not say where the blobs are.",
      );
  });

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
  const given = Object.fromEntries(settingNames.map((name) => [name, env[name] === "" ? undefined : env[name]]));
  const result = settingsSchema.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `- ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Portal Sync cannot start, these settings are missing or malformed:\n${problems.join("\n")}`);
}
