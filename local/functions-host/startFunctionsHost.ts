import net from "node:net";
import path from "node:path";
import type { FunctionLine, Question } from "./protocol.ts";
import { appEnvironment, readLocalSettings } from "./settings/localSettings.ts";
import { startAppProcess } from "./supervisor/appProcess.ts";
import type { AppProcess } from "./supervisor/appProcess.ts";
import { superviseApp } from "./supervisor/superviseApp.ts";
import type { Supervision } from "./supervisor/superviseApp.ts";
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
  /**
   * Run the HTTP functions, each of these functions and all others in processes of their own: Flex Consumption scales
   * the HTTP functions together and every queue function by itself.
   */
  apart?: readonly string[];
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
  /** The process that answers HTTP now. */
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
  const apart = options.apart ?? null;
  const parts = apart ? ["http", "others", ...apart] : ["all"];
  const [serving = ""] = parts;
  const running = new Map<string, AppProcess>();
  const supervisions: Supervision[] = [];

  async function askAll(question: Question) {
    if (question.about === "clock") clockOffsetMs = question.offsetMs;
    const answers = await Promise.all([...running.values()].map((app) => app.ask(question)));
    const usages = answers.filter((usage) => usage !== undefined);
    return { usages, complete: usages.length === parts.length };
  }

  const supervise = (part: string) => {
    let launchedWithMs = 0;
    return superviseApp({
      ...(part === serving ? { waitingRoom } : {}),
      watch: options.watch ?? false,
      ownFiles: [settingsFile, path.join(appDirectory, "host.json"), path.join(appDirectory, "package.json")],
      say,
      launch(onAlive) {
        const settings = readLocalSettings(settingsFile);
        launchedWithMs = clockOffsetMs;
        return startAppProcess({
          environment: appEnvironment(options.environment ?? process.env, settings.values, {
            appDirectory,
            port,
          }),
          start: {
            type: "start",
            share: { apart, part },
            appDirectory,
            stateDirectory:
              options.stateDirectory === undefined ? null : path.resolve(options.stateDirectory),
            cors: settings.cors ?? null,
            authKey: options.authKey ?? null,
            clockOffsetMs,
          },
          onOutput: options.onOutput,
          onAlive,
          onAskAll: askAll,
        });
      },
      onReady(functions, app) {
        running.set(part, app);
        // The clock may have been shifted while the process was being started.
        if (clockOffsetMs !== launchedWithMs) void app.ask({ about: "clock", offsetMs: clockOffsetMs });
        void app.exited.then(() => running.delete(part));
        if (part === serving) say(functionTable(url, functions));
      },
    });
  };

  async function close(): Promise<void> {
    server.close();
    await Promise.all(supervisions.map((supervision) => supervision.stop()));
    waitingRoom.close();
  }

  try {
    // One after the other: what keeps the first from starting would only be said twice.
    for (const part of parts) {
      const supervision = supervise(part);
      supervisions.push(supervision);
      await supervision.ready;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { url, port, childPid: () => running.get(serving)?.pid ?? 0, close };
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
