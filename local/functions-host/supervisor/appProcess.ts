import { fork } from "node:child_process";
import type { Socket } from "node:net";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import type {
  AskAll,
  FailedMessage,
  FromApp,
  ProcessUsage,
  Question,
  ReadyMessage,
  StartMessage,
  ToApp,
} from "../protocol.ts";

/** How the app's process came up. */
export type Start = ReadyMessage | FailedMessage;

/** The process that runs the app. */
export interface AppProcess {
  pid: number;
  /** Never rejects; a process that ends before it is ready counts as failed. */
  started: Promise<Start>;
  /** How the process ended, in words. */
  exited: Promise<string>;
  /** Hands over a client's connection. Resolves to false when the process ended before it took it. */
  handOver: (socket: Socket) => Promise<boolean>;
  /** Resolves to undefined when the process ends before it answers. */
  ask: (question: Question) => Promise<ProcessUsage | undefined>;
  /** Lets running invocations end for at most `patienceMs`, then ends the process in any case. */
  end: (patienceMs: number) => Promise<void>;
  kill: () => void;
}

/** How the process is started and where its reports go. */
interface AppProcessOptions {
  start: StartMessage;
  environment: NodeJS.ProcessEnv;
  /** Set to get the app's output in pieces instead of on the own stdout and stderr. */
  onOutput?: ((text: string) => void) | undefined;
  /** A question of this process to all of them. */
  onAskAll: AskAll;
  onAlive: (oldest: { functionName: string; runningMs: number } | null) => void;
}

/** A function apart leaves the processor to the rest, which in Azure it would not even share. */
const APART_PRIORITY = constants.priority.PRIORITY_LOW;

const RUNTIME = fileURLToPath(new URL("../runtime.ts", import.meta.url));
/** Time for closing receivers and connections after the invocations have ended. */
const CLOSING_MS = 3000;

/** Starts a process for the app. */
export function startAppProcess(options: AppProcessOptions): AppProcess {
  const { onOutput } = options;
  const child = fork(RUNTIME, [], {
    cwd: options.start.appDirectory,
    env: options.environment,
    stdio: ["ignore", onOutput ? "pipe" : "inherit", onOutput ? "pipe" : "inherit", "ipc"],
  });
  const { apart, part } = options.start.share;
  if (apart?.includes(part) && child.pid) setPriority(child.pid, APART_PRIORITY);
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", onOutput!);
  const started = Promise.withResolvers<Start>();
  const exited = Promise.withResolvers<string>();
  const untaken = new Map<number, (taken: boolean) => void>();
  const unanswered = new Map<number, (usage?: ProcessUsage) => void>();
  let lastId = 0;
  let running = true;

  child.on("message", (message: FromApp) => {
    switch (message.type) {
      case "ready":
      case "failed":
        started.resolve(message);
        break;
      case "taken":
        untaken.get(message.id)?.(true);
        untaken.delete(message.id);
        break;
      case "alive":
        options.onAlive(message.oldest);
        break;
      case "answer":
        unanswered.get(message.id)?.(message.usage);
        unanswered.delete(message.id);
        break;
      case "askAll":
        void options.onAskAll(message.question).then((answers) => {
          send({ type: "answers", id: message.id, ...answers });
        });
        break;
    }
  });
  child.once("error", (error) => finish(`could not be started: ${error.message}`));
  child.once("exit", (code, signal) => finish(signal ? `was ended by ${signal}` : `ended with code ${code}`));

  function finish(how: string): void {
    running = false;
    const problem = `The app's process ${how} while it was starting.`;
    started.resolve({ type: "failed", problem, files: [] });
    exited.resolve(how);
    for (const resolve of untaken.values()) resolve(false);
    untaken.clear();
    for (const resolve of unanswered.values()) resolve();
    unanswered.clear();
  }

  /** The callback takes the error of a channel that has just closed; "exit" tells the same. */
  function send(message: ToApp, socket?: Socket): void {
    if (child.connected) child.send(message, socket, { keepOpen: true }, () => undefined);
  }

  send(options.start);
  return {
    pid: child.pid ?? 0,
    started: started.promise,
    exited: exited.promise,
    handOver(socket) {
      if (!running) return Promise.resolve(false);
      const id = ++lastId;
      return new Promise((resolve) => {
        untaken.set(id, resolve);
        send({ type: "connection", id }, socket);
      });
    },
    ask(question) {
      if (!running) return Promise.resolve(undefined);
      const id = ++lastId;
      return new Promise((resolve) => {
        unanswered.set(id, resolve);
        send({ type: "ask", id, question });
      });
    },
    async end(patienceMs) {
      send({ type: "drain", patienceMs });
      const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs + CLOSING_MS);
      await exited.promise;
      clearTimeout(timer);
    },
    kill: () => void child.kill("SIGKILL"),
  };
}
