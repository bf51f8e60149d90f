import { StartError, startErrorOf } from "../startError.ts";
import { readJsonFile } from "./jsonFile.ts";

/** What local.settings.json says: environment values for the app, and how this host listens. */
interface LocalSettings {
  /** Names as the file has them; connection strings as `ConnectionStrings:NAME`. */
  values: Record<string, string>;
  port: number | undefined;
  cors: Cors | undefined;
}

/** Which web origins may call the app from a browser. */
export interface Cors {
  /** Exact origins; `*` lets every origin in. */
  origins: string[];
  credentials: boolean;
}

const EMPTY: LocalSettings = { values: {}, port: undefined, cors: undefined };

/** Reads local.settings.json; a missing file is an empty one. Throws a StartError that lists every problem. */
export function readLocalSettings(file: string): LocalSettings {
  const content = readJsonFile(file);
  if (!content) return EMPTY;
  if (content["IsEncrypted"] !== false)
    throw new StartError(
      `${file} counts as encrypted, because "IsEncrypted" is ${"IsEncrypted" in content ? "true" : "missing"}. ` +
        `Write "IsEncrypted": false; encrypted settings are not supported here.`,
    );
  const problems: string[] = [];
  const values: Record<string, string> = {};
  for (const [section, prefix] of [
    ["Values", ""],
    ["ConnectionStrings", "ConnectionStrings:"],
  ] as const) {
    for (const [name, value] of Object.entries(asObject(content[section], section, problems))) {
      if (value === null) continue;
      if (typeof value === "object")
        problems.push(
          `${file}: ${section}.${name} must be a text, number or boolean. The real host would ignore the whole file.`,
        );
      else values[prefix + name] = typeof value === "string" ? value : JSON.stringify(value);
    }
  }
  const host = asObject(content["Host"], "Host", problems);
  if (problems.length > 0) throw startErrorOf(problems);
  return { values, port: readPort(host["LocalHttpPort"], file), cors: readCors(host) };
}

/**
 * The environment of the app's process. Values of the file fill in what the environment does not set: an
 * existing value that is not empty wins.
 */
export function appEnvironment(
  base: NodeJS.ProcessEnv,
  values: Record<string, string>,
  host: { appDirectory: string; port: number },
): NodeJS.ProcessEnv {
  const environment = { ...base };
  for (const [name, value] of Object.entries(values)) environment[name] ||= value;
  return {
    ...environment,
    FUNCTIONS_WORKER_RUNTIME: environment["FUNCTIONS_WORKER_RUNTIME"] || "node",
    FUNCTIONS_APPLICATION_DIRECTORY: host.appDirectory,
    AZURE_FUNCTIONS_ENVIRONMENT: "Development",
    AzureWebJobsScriptRoot: host.appDirectory,
    WEBSITE_HOSTNAME: `localhost:${host.port}`,
  };
}

function asObject(value: unknown, name: string, problems: string[]): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown>;
  problems.push(`"${name}" in the local settings must be an object.`);
  return {};
}

function readPort(value: unknown, file: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StartError(`${file}: Host.LocalHttpPort must be a port number.`);
  return port;
}

function readCors(host: Record<string, unknown>): Cors | undefined {
  if (typeof host["CORS"] !== "string" || host["CORS"].trim() === "") return undefined;
  const origins = host["CORS"].split(",").map((origin) => origin.trim().replace(/\/$/, ""));
  return { origins, credentials: String(host["CORSCredentials"]).toLowerCase() === "true" };
}
