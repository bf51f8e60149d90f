import net from "node:net";
import path from "node:path";
import type { FunctionLine } from "./protocol.ts";
import { appEnvironment, readLocalSettings } from "./settings/localSettings.ts";
import { startAppProcess } from "./supervisor/appProcess.ts";
import { superviseApp } from "./supervisor/superviseApp.ts";
import { createWaitingRoom } from "./supervisor/waitingRoom.ts";

/** How to run an app. */
export interface FunctionsHostOptions {
  /** The app: the directory with host.json and package.json. */
  appDirectory: string;
  /** Port on 127.0.0.1; 0 takes a free one. Default: Host.LocalHttpPort of the settings, else 7071. */
  port?: number;
  /** Default: local.settings.json in the app's directory; a missing file is an empty one. */
  settingsFile?: string;
  /** Restart the app when one of its source files changes. */
  watch?: boolean;
  /** Where timers remember when they ran; without it they forget with every restart. */
  stateDirectory?: string;
  /** The key that functions with an authLevel ask for; without it everyone may call everything. */
  authKey?: string;
  /** The environment that the app's process starts from; default: that of this process. */
  environment?: NodeJS.ProcessEnv;
  /** How long a connection waits for an app that is down, in milliseconds; default 30 s, then it gets 503. */
  waitMs?: number;
  /** Gets all output of host and app; without it the output goes to stdout and stderr. */
  onOutput?: (text: string) => void;
}

/** A running host. */
export interface FunctionsHost {
  /** Without a slash at the end. */
  url: string;
  port: number;
  /** The process that runs the app now. */
  childPid: () => number;
  /** Ends the app gracefully (10 s at most for what runs) and frees the port. */
  close: () => Promise<void>;
}

const DEFAULT_PORT = 7071;
const DEFAULT_WAIT_MS = 30_000;

/**
 * Runs an Azure Functions app. Resolves when all functions are loaded; rejects with the reason when the
 * first start fails (with `watch` it waits for the file change that repairs it instead).
 */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const appDirectory = path.resolve(options.appDirectory);
  const settingsFile = path.resolve(options.settingsFile ?? path.join(appDirectory, "local.settings.json"));
  const say = (message: string) => {
    const text = `[${new Date().toISOString()}] ${message}\n`;
    if (options.onOutput) options.onOutput(text);
    else process.stdout.write(text);
  };
  const waitingRoom = createWaitingRoom(options.waitMs ?? DEFAULT_WAIT_MS);
  const server = net.createServer({ pauseOnConnect: true, noDelay: true }, waitingRoom.add);
  const wanted = options.port ?? readLocalSettings(settingsFile).port ?? DEFAULT_PORT;
  const port = await listen(server, wanted);
  const url = `http://127.0.0.1:${port}`;
  let clockOffsetMs = 0;
  let childPid = 0;

  const supervision = superviseApp({
    waitingRoom,
    watch: options.watch ?? false,
    ownFiles: [settingsFile, path.join(appDirectory, "host.json"), path.join(appDirectory, "package.json")],
    say,
    launch(onAlive) {
      const settings = readLocalSettings(settingsFile);
      return startAppProcess({
        environment: appEnvironment(options.environment ?? process.env, settings.values, {
          appDirectory,
          port,
        }),
        start: {
          type: "start",
          appDirectory,
          stateDirectory: options.stateDirectory === undefined ? null : path.resolve(options.stateDirectory),
          cors: settings.cors ?? null,
          authKey: options.authKey ?? null,
          clockOffsetMs,
        },
        onOutput: options.onOutput,
        onAlive,
        onClock: (offsetMs) => {
          clockOffsetMs = offsetMs;
        },
      });
    },
    onReady(functions, pid) {
      childPid = pid;
      say(functionTable(url, functions));
    },
  });

  async function close(): Promise<void> {
    server.close();
    await supervision.stop();
    waitingRoom.close();
  }

  try {
    await supervision.ready;
  } catch (error) {
    await close();
    throw error;
  }
  return { url, port, childPid: () => childPid, close };
}

function listen(server: net.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const inUse = error.code === "EADDRINUSE";
      reject(
        inUse
          ? new Error(`Port ${port} is in use. Stop what listens there, or choose another port with --port.`)
          : error,
      );
    });
    server.listen(port, "127.0.0.1", () => resolve((server.address() as net.AddressInfo).port));
  });
}

function functionTable(url: string, functions: FunctionLine[]): string {
  const width = Math.max(...functions.map(({ name }) => name.length));
  const lines = functions.map(({ name, trigger }) => `  ${name.padEnd(width)}  ${trigger}`);
  return [`Functions at ${url}:`, ...lines].join("\n");
}
