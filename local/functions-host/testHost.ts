import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startFunctionsHost } from "./startFunctionsHost.ts";
import type { FunctionsHost, FunctionsHostOptions } from "./startFunctionsHost.ts";

/** A host for a test, with what it printed. */
export interface TestHost extends FunctionsHost {
  /** Everything printed so far. */
  printed: () => string;
  get: (path: string, init?: RequestInit) => Promise<Response>;
  /** The status of a GET over a connection of its own. */
  getOverNewConnection: (path: string) => Promise<number | undefined>;
}

/** The directory of a fixture app. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

/** Starts a host on a free port, with the app's settings.json; the environment is added to that of the tests. */
export async function startTestHost(
  appDirectory: string,
  options: Partial<FunctionsHostOptions> = {},
): Promise<TestHost> {
  const output: string[] = [];
  const host = await startFunctionsHost({
    appDirectory,
    port: 0,
    settingsFile: path.join(appDirectory, "settings.json"),
    onOutput: (text) => void output.push(text),
    ...options,
    environment: { ...process.env, ...options.environment },
  });
  return {
    ...host,
    printed: () => output.join(""),
    get: (path, init) => fetch(host.url + path, init),
    getOverNewConnection: (path) =>
      new Promise((resolve, reject) => {
        const request = http.get(host.url + path, { agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        request.on("error", reject);
      }),
  };
}
