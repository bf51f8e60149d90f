import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/run.ts";
import { SAMPLE_CLIENT_ID, SAMPLE_DATAVERSE_APP, SAMPLE_TENANT_ID } from "../entra/sample.ts";
import type { RunningEntra } from "../entra/startEntra.ts";
import { startChild } from "./child.ts";
import type { Child, ChildOptions } from "./child.ts";

/** The same at every start, because what it seals is kept. It guards nothing but addresses of this machine. */
const sampleSecretsKey = Buffer.alloc(32, "portal-sync").toString("base64");

/** The app's settings for this stack, by the names that they have in Azure. */
export function appSettings(parts: {
  storage: string;
  serviceBus: string;
  entra: RunningEntra;
  portalUrl: string;
  teamsWebhookUrl: string;
}): Record<string, string> {
  const { storage, serviceBus, entra, portalUrl, teamsWebhookUrl } = parts;
  return {
    FUNCTIONS_WORKER_RUNTIME: "node",
    AzureWebJobsStorage: storage,
    ServiceBus: serviceBus,
    ENTRA_TENANT_ID: SAMPLE_TENANT_ID,
    ENTRA_CLIENT_ID: SAMPLE_CLIENT_ID,
    ENTRA_ISSUER: entra.issuer,
    ENTRA_JWKS_URI: entra.authorityMetadata.jwks_uri,
    PORTAL_URL: portalUrl,
    TEAMS_WEBHOOK_URL: teamsWebhookUrl,
    TEAMS_HOSTS: "127.0.0.1,localhost",
    SECRETS_KEY: sampleSecretsKey,
    DATAVERSE_CLIENT_ID: SAMPLE_DATAVERSE_APP.clientId,
    DATAVERSE_CLIENT_SECRET: SAMPLE_DATAVERSE_APP.secret,
    DATAVERSE_AUTHORITY_METADATA: JSON.stringify(entra.authorityMetadata),
    DATAVERSE_HOSTS: "127.0.0.1",
    RETRY_BASE_SECONDS: "5",
  };
}

/** Starts the functions host as a process that runs the unmodified app. */
export async function startFunctionsProcess(options: {
  app: string;
  apart: readonly string[] | null;
  folder: string;
  port: number;
  settings: Record<string, string>;
  corsOrigin: string;
  watch: boolean;
  child: ChildOptions;
}): Promise<Child> {
  const { app, apart, folder, port, settings, corsOrigin, watch } = options;
  const settingsFile = join(folder, "local.settings.json");
  const content = { IsEncrypted: false, Values: settings, Host: { LocalHttpPort: port, CORS: corsOrigin } };
  writeFileSync(settingsFile, JSON.stringify(content, null, 2), { mode: 0o600 });
  const args = [
    join(root, "local/functions-host/main.ts"),
    ...["--app", app, "--port", String(port), "--settings", settingsFile, "--state", folder],
    ...(apart ?? []).flatMap((name) => ["--apart", name]),
    ...(watch ? ["--watch"] : []),
  ];
  const { child } = await startChild("The functions host", args, options.child);
  return child;
}
