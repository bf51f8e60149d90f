import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { SAMPLE_PEOPLE } from "../entra/people.ts";
import { SAMPLE_CLIENT_ID, SAMPLE_DATAVERSE_APP, SAMPLE_SCOPE, SAMPLE_TENANT_ID } from "../entra/sample.ts";
import { startEntra } from "../entra/startEntra.ts";
import { startTeams } from "../teams/startTeams.ts";
import { azuriteConnectionString, startAzurite } from "./azurite.ts";
import type { Child } from "./child.ts";
import { startDynamicsProcess } from "./dynamicsProcess.ts";
import { appSettings, startFunctionsProcess } from "./functionsProcess.ts";
import type { StackOptions } from "./options.ts";
import { freePort } from "./ports.ts";
import { putSampleOrganizations } from "./sampleOrganizations.ts";
import { startServiceBusProcess } from "./serviceBusProcess.ts";
import { readStackFile, writeStackFile } from "./stackFile.ts";
import type { StackFile } from "./stackFile.ts";
import { buildWeb, serveWeb } from "./web.ts";

/** A running embedded stack: its addresses, and its processes for those who want to see them fail. */
export interface Stack extends StackFile {
  children: { azurite: Child; serviceBus: Child; dynamics: Child; functions: Child };
  /** Kills the broker as a power cut would and starts it again on the same port and store. */
  restartServiceBus(): Promise<void>;
  /** Takes storage away until the returned function is called; what it holds stays. */
  pauseStorage(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/**
 * Starts every part in the order in which each needs the others. What was started is stopped again when a later
 * part fails, or when `options.signal` is aborted. Throws a sentence that says what to do, or the signal's reason.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const stops: (() => Promise<unknown>)[] = [];
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  try {
    return await startParts({ ...options, signal }, stops);
  } catch (error) {
    failed.abort();
    await stopAll(stops);
    options.signal.throwIfAborted();
    throw error;
  }
}

async function stopAll(stops: (() => Promise<unknown>)[]): Promise<void> {
  for (const stop of stops.toReversed()) await stop().catch(() => {});
}

async function startParts(options: StackOptions, stops: (() => Promise<unknown>)[]): Promise<Stack> {
  const { stateFolder: folder, inMemory, signal, onFailure: onExit, onProgress } = options;
  mkdirSync(folder, { recursive: true });
  const remembered = readStackFile(folder)?.ports ?? {};
  const port = (name: string) => freePort(inMemory ? undefined : remembered[name]);
  const child = (name: string) => ({ logFile: join(folder, "logs", `${name}.log`), signal, onExit });
  const webFolder = join(folder, "web");
  const webBuilt = options.portalPort === null || options.dev ? null : buildWeb(webFolder, signal);
  webBuilt?.catch(() => {});
  stops.push(async () => webBuilt);

  onProgress("storage (Azurite)");
  const storagePorts = { table: await port("table"), blob: await port("blob"), queue: await port("queue") };
  const storage = azuriteConnectionString(storagePorts);
  const azuriteOptions = {
    folder: inMemory ? null : join(folder, "azurite"),
    ports: storagePorts,
    child: child("azurite"),
  };
  let azurite = await startAzurite(azuriteOptions);
  stops.push(() => azurite.stop());

  onProgress("Service Bus");
  // Even a stack that keeps nothing gives the broker a file: tests kill it and expect to find what it accepted.
  const busPorts = { bus: await port("bus"), admin: await port("busAdmin") };
  const busOptions = {
    ports: busPorts,
    store: join(folder, "service-bus.sqlite"),
    child: child("service-bus"),
  };
  let bus = await startServiceBusProcess(busOptions);
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

  onProgress("Dynamics");
  const functionsPort = options.functionsPort || (await freePort());
  const functionsUrl = `http://localhost:${functionsPort}`;
  const dynamicsPort = await port("dynamics");
  const dynamics = await startDynamicsProcess({
    ...{ folder, port: dynamicsPort, functionsUrl, entra },
    store: inMemory ? ":memory:" : join(folder, "dynamics.sqlite"),
    child: child("dynamics"),
  });
  stops.push(() => dynamics.child.stop());
  await putSampleOrganizations(storage, dynamics.url);

  onProgress("the functions app");
  const portalPort = options.portalPort === null ? null : options.portalPort || (await freePort());
  const portalUrl = portalPort === null ? null : `http://localhost:${portalPort}`;
  const made = appSettings({
    ...{ storage, entra },
    serviceBus: bus.connectionString,
    portalUrl: portalUrl ?? "http://localhost:5173",
    teamsWebhookUrl: teams.webhookUrl,
  });
  const functions = await startFunctionsProcess({
    folder,
    app: options.app,
    apart: options.apart,
    port: functionsPort,
    settings: { ...made, ...options.settings },
    corsOrigin: portalUrl ?? "*",
    watch: options.watch,
    child: child("functions"),
  });
  stops.push(() => functions.stop());

  if (portalPort !== null) {
    onProgress("the web portal");
    await webBuilt;
    const apiBaseUrl = `${functionsUrl}/api`;
    const { authorityMetadata } = entra;
    const config = {
      clientId: SAMPLE_CLIENT_ID,
      tenantId: SAMPLE_TENANT_ID,
      apiBaseUrl,
      scope: SAMPLE_SCOPE,
      authorityMetadata,
    };
    const web = await serveWeb({
      ...{ folder, config },
      port: portalPort,
      outDir: webFolder,
      dev: options.dev,
      child: child("web"),
    });
    stops.push(() => web.stop());
  }

  const file: StackFile = {
    pid: process.pid,
    ...{ folder, portalUrl, functionsUrl },
    entraUrl: entra.url,
    tenantId: SAMPLE_TENANT_ID,
    clientId: SAMPLE_CLIENT_ID,
    dynamicsUrl: dynamics.url,
    teamsUrl: teams.url,
    serviceBusAdminUrl: `http://127.0.0.1:${busPorts.admin}`,
    connections: { AzureWebJobsStorage: storage, ServiceBus: bus.connectionString },
    ports: {
      ...storagePorts,
      bus: busPorts.bus,
      busAdmin: busPorts.admin,
      entra: entra.port,
      teams: teams.port,
      dynamics: dynamicsPort,
    },
  };
  writeStackFile(folder, file);
  return {
    ...file,
    get children() {
      return { azurite, serviceBus: bus.child, dynamics: dynamics.child, functions };
    },
    async restartServiceBus() {
      const { ended } = bus.child;
      void bus.child.stop();
      bus.child.process.kill("SIGKILL");
      await ended;
      bus = await startServiceBusProcess(busOptions);
    },
    async pauseStorage() {
      // In memory, stopping would lose everything: it is made to hang instead, which is an outage as well.
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
