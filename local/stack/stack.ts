import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/run.ts";
import { SAMPLE_PEOPLE } from "../entra/people.ts";
import { SAMPLE_CLIENT_ID, SAMPLE_DATAVERSE_APP, SAMPLE_TENANT_ID } from "../entra/sample.ts";
import { startEntra } from "../entra/startEntra.ts";
import { startTeams } from "../teams/startTeams.ts";
import { azuriteConnectionString, startAzurite } from "./azurite.ts";
import { startChild, whenReady } from "./child.ts";
import type { Child } from "./child.ts";
import type { StackOptions } from "./options.ts";
import { freePort } from "./ports.ts";
import { putSampleOrganizations, sampleOrganizations } from "./sampleOrganizations.ts";
import { readStackFile, writeStackFile } from "./stackFile.ts";
import type { StackFile } from "./stackFile.ts";
import { startWeb } from "./web.ts";

/** A running embedded stack: its addresses, and its processes for those who want to see them fail. */
export interface Stack extends StackFile {
  children: { azurite: Child; serviceBus: Child; dynamics: Child; functions: Child };
  /** Kills the broker as a power cut would and starts it again on the same port and store. */
  restartServiceBus(): Promise<void>;
  /** Stops Azurite (keeping its state) until the returned function is called. */
  pauseStorage(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/**
 * Starts every part in the order in which each needs the others. What was started is stopped again when a
 * later part fails. Throws a sentence that says what to do.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const stops: (() => Promise<void>)[] = [];
  try {
    return await startParts(options, stops);
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

async function stopAll(stops: (() => Promise<void>)[]): Promise<void> {
  for (const stop of stops.reverse()) await stop().catch(() => {});
}

async function startParts(options: StackOptions, stops: (() => Promise<void>)[]): Promise<Stack> {
  const { stateFolder: folder, inMemory, onFailure, onProgress } = options;
  mkdirSync(folder, { recursive: true });
  const remembered = readStackFile(folder)?.ports ?? {};
  const port = async (name: string) => freePort(inMemory ? undefined : remembered[name]);
  const logFile = (name: string) => join(folder, "logs", `${name}.log`);
  const stored = (name: string) => (inMemory ? ":memory:" : join(folder, name));

  onProgress("storage (Azurite)");
  const storagePorts = { table: await port("table"), blob: await port("blob"), queue: await port("queue") };
  const storage = azuriteConnectionString(storagePorts);
  const azuriteOptions = { folder: inMemory ? null : stored("azurite"), logFile: logFile("azurite"), ports: storagePorts, onExit: onFailure };
  let azurite = await startAzurite(azuriteOptions);
  stops.push(() => azurite.stop());

  onProgress("Service Bus");
  // Tests kill the broker and expect to find what it accepted, so even a stack that keeps nothing gives it a file.
  const busPorts = { bus: await port("bus"), admin: await port("busAdmin") };
  const startBus = async () => {
    const child = startChild({
      name: "Service Bus",
      logFile: logFile("service-bus"),
      onExit: onFailure,
      args: [
        join(root, "local/service-bus/main.ts"),
        ...["--port", String(busPorts.bus), "--admin-port", String(busPorts.admin)],
        ...["--store", join(folder, "service-bus.sqlite"), "--entities", join(root, "local/service-bus/entities.json")],
      ],
    });
    const ready = await whenReady<{ connectionString: string }>(child);
    return { child, ready };
  };
  let bus = await startBus();
  stops.push(() => bus.child.stop());

  onProgress("sign-in (Entra) and Teams");
  const entra = await startEntra({
    port: await port("entra"),
    tenantId: SAMPLE_TENANT_ID,
    clientId: SAMPLE_CLIENT_ID,
    people: SAMPLE_PEOPLE,
    apps: [SAMPLE_DATAVERSE_APP],
    keyFile: join(folder, "entra-keys.json"),
  });
  stops.push(() => entra.close());
  const teams = await startTeams({ port: await port("teams") });
  stops.push(() => teams.close());

  const functionsPort = options.functionsPort || (await freePort());
  const functionsUrl = `http://localhost:${functionsPort}`;
  onProgress("Dynamics");
  const dynamicsPort = await port("dynamics");
  const dynamicsConfig = join(folder, "dynamics.json");
  writeFileSync(
    dynamicsConfig,
    JSON.stringify({
      environments: sampleOrganizations.map((sample) => ({
        id: sample.id,
        name: sample.name,
        organizationId: sample.dynamicsOrganizationId,
        webhook: { url: `${functionsUrl}/api/webhooks/dynamics/${sample.id}`, key: sample.key },
      })),
      auth: { issuer: entra.issuer, jwksUri: entra.authorityMetadata.jwks_uri },
    }),
  );
  const dynamics = startChild({
    name: "Dynamics",
    logFile: logFile("dynamics"),
    onExit: onFailure,
    args: [
      join(root, "local/dynamics/main.ts"),
      ...["--port", String(dynamicsPort), "--store", stored("dynamics.sqlite"), "--config", dynamicsConfig],
    ],
  });
  stops.push(() => dynamics.stop());
  const { url: dynamicsUrl } = await whenReady<{ url: string }>(dynamics);
  await putSampleOrganizations(storage, dynamicsUrl);

  onProgress("the functions app");
  const portalPort = options.portalPort === null ? null : options.portalPort || (await freePort());
  const portalUrl = portalPort === null ? null : `http://localhost:${portalPort}`;
  const settingsFile = join(folder, "local.settings.json");
  writeFileSync(
    settingsFile,
    JSON.stringify(
      {
        IsEncrypted: false,
        Values: {
          FUNCTIONS_WORKER_RUNTIME: "node",
          AzureWebJobsStorage: storage,
          ServiceBus: bus.ready.connectionString,
          ENTRA_TENANT_ID: SAMPLE_TENANT_ID,
          ENTRA_CLIENT_ID: SAMPLE_CLIENT_ID,
          ENTRA_ISSUER: entra.issuer,
          ENTRA_JWKS_URI: entra.authorityMetadata.jwks_uri,
          PORTAL_URL: portalUrl ?? "http://localhost:5173",
          TEAMS_WEBHOOK_URL: teams.webhookUrl,
          DATAVERSE_CLIENT_ID: SAMPLE_DATAVERSE_APP.clientId,
          DATAVERSE_CLIENT_SECRET: SAMPLE_DATAVERSE_APP.secret,
          DATAVERSE_AUTHORITY_METADATA: JSON.stringify(entra.authorityMetadata),
          DATAVERSE_HOSTS: "127.0.0.1",
          RETRY_BASE_SECONDS: "5",
          ...options.settings,
        },
        Host: { LocalHttpPort: functionsPort, CORS: portalUrl ?? "*" },
      },
      null,
      2,
    ),
    { mode: 0o600 },
  );
  const functions = startChild({
    name: "The functions host",
    logFile: logFile("functions"),
    onExit: onFailure,
    args: [
      join(root, "local/functions-host/main.ts"),
      ...["--app", options.app, "--port", String(functionsPort), "--settings", settingsFile, "--state", folder],
      ...(options.watch ? ["--watch"] : []),
    ],
  });
  stops.push(() => functions.stop());
  await whenReady(functions);

  if (portalPort !== null) {
    onProgress("the web portal");
    const web = await startWeb(portalPort, folder, {
      clientId: SAMPLE_CLIENT_ID,
      tenantId: SAMPLE_TENANT_ID,
      apiBaseUrl: `${functionsUrl}/api`,
      scope: `api://${SAMPLE_CLIENT_ID}/access_as_user`,
      authorityMetadata: entra.authorityMetadata,
    });
    stops.push(() => web.close());
  }

  const file: StackFile = {
    pid: process.pid,
    folder,
    portalUrl,
    functionsUrl,
    entraUrl: entra.url,
    tenantId: SAMPLE_TENANT_ID,
    clientId: SAMPLE_CLIENT_ID,
    dynamicsUrl,
    teamsUrl: teams.url,
    serviceBusAdminUrl: `http://127.0.0.1:${busPorts.admin}`,
    connections: { AzureWebJobsStorage: storage, ServiceBus: bus.ready.connectionString },
    ports: { ...storagePorts, bus: busPorts.bus, busAdmin: busPorts.admin, entra: entra.port, teams: teams.port, dynamics: dynamicsPort },
  };
  writeStackFile(folder, file);
  return {
    ...file,
    children: { azurite, serviceBus: bus.child, dynamics, functions },
    async restartServiceBus() {
      const ended = bus.child.ended;
      void bus.child.stop();
      bus.child.process.kill("SIGKILL");
      await ended;
      bus = await startBus();
    },
    async pauseStorage() {
      if (inMemory) {
        azurite.process.kill("SIGSTOP");
        return async () => void azurite.process.kill("SIGCONT");
      }
      await azurite.stop();
      return async () => {
        azurite = await startAzurite(azuriteOptions);
      };
    },
    stop: () => stopAll(stops),
  };
}
