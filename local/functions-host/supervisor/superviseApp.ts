import { setTimeout as delay } from "node:timers/promises";
import type { FunctionLine } from "../protocol.ts";
import type { AppProcess, Start } from "./appProcess.ts";
import { createBackoff } from "./backoff.ts";
import { guardTimeouts } from "./timeoutGuard.ts";
import type { TimeoutGuard } from "./timeoutGuard.ts";
import type { WaitingRoom } from "./waitingRoom.ts";
import { watchFiles } from "./watchFiles.ts";

/** What the supervision of the app needs. */
interface SuperviseOptions {
  /** Where connections wait for this process; absent when it serves none. */
  waitingRoom?: WaitingRoom;
  /** Restart when a source file changes, and wait for a change after a failed start. */
  watch: boolean;
  /** Files to watch beside those that the app's process names. */
  ownFiles: string[];
  /** Starts a process; `onAlive` gets its reports. Throws a StartError when the settings are wrong. */
  launch: (onAlive: TimeoutGuard["alive"]) => AppProcess;
  /** Called each time all functions are loaded, before the process is given any connection. */
  onReady: (functions: FunctionLine[], app: AppProcess) => void;
  say: (message: string) => void;
}

/** The running supervision. */
export interface Supervision {
  /** Resolves with the first successful start; rejects when that start fails and nothing is watched. */
  ready: Promise<void>;
  stop: () => Promise<void>;
}

const PATIENCE_MS = 10_000;

/** Keeps the app running: starts it, restarts it after a crash, a change or a timeout, until it is stopped. */
export function superviseApp(options: SuperviseOptions): Supervision {
  const { waitingRoom, say } = options;
  const ready = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const backoff = createBackoff();
  let lastProblem: string | undefined;
  const stopped = new Promise<"stop">((resolve) => {
    stopping.signal.addEventListener("abort", () => resolve("stop"), { once: true });
  });

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const again = await runOnce();
      if (again === "now" || stopping.signal.aborted) continue;
      await delay(backoff.next(performance.now() - startedAt), undefined, { signal: stopping.signal }).catch(
        () => undefined,
      );
    }
  }

  /** One life of the app's process. Says whether the next one is due now or after a while. */
  async function runOnce(): Promise<"now" | "later"> {
    const timedOut = Promise.withResolvers<string>();
    let guard: TimeoutGuard | undefined;
    const launchedAt = Date.now();
    const { app, start } = await launch((oldest) => guard?.alive(oldest));
    const files = [...options.ownFiles, ...start.files];
    if (start.type === "failed" || !app) return waitAfterFailure(start, files, launchedAt);
    lastProblem = undefined;
    if (start.functionTimeoutMs !== null) guard = guardTimeouts(start.functionTimeoutMs, timedOut.resolve);
    options.onReady(start.functions, app);
    waitingRoom?.open(app.handOver);
    ready.resolve();
    const change = watchOnce(files, false, launchedAt);
    const end = await Promise.race([
      app.exited.then((how) => ({ how: `The app's process ${how}. Starting it again.`, crashed: true })),
      change.changed.then((file) => ({ how: `${file} changed. Restarting.`, crashed: false })),
      timedOut.promise.then((how) => ({ how: `${how} Restarting the app's process.`, crashed: true })),
      stopped.then(() => ({ how: undefined, crashed: false })),
    ]);
    waitingRoom?.open(undefined);
    guard?.stop();
    change.stop();
    if (end.how !== undefined) say(end.how);
    if (end.crashed) app.kill();
    else await app.end(PATIENCE_MS);
    await app.exited;
    return end.crashed ? "later" : "now";
  }

  async function launch(onAlive: TimeoutGuard["alive"]): Promise<{ app?: AppProcess; start: Start }> {
    let app: AppProcess;
    try {
      app = options.launch(onAlive);
    } catch (error) {
      return { start: { type: "failed", problem: (error as Error).message, files: [] } };
    }
    const start = await Promise.race([app.started, stopped]);
    if (start !== "stop") return { app, start };
    app.kill();
    return { start: { type: "failed", problem: "The host was stopped.", files: [] } };
  }

  async function waitAfterFailure(start: Start, files: string[], since: number): Promise<"now" | "later"> {
    const problem = start.type === "failed" ? start.problem : "";
    if (stopping.signal.aborted) {
      ready.reject(new Error(problem));
      return "now";
    }
    if (!options.watch) {
      ready.reject(new Error(problem));
      if (problem !== lastProblem) say(`The app cannot start:\n${problem}`);
      lastProblem = problem;
      return "later";
    }
    say(`The app cannot start:\n${problem}\nWaiting for a change of its files.`);
    const change = watchOnce(files, true, since);
    await Promise.race([change.changed, stopped]);
    change.stop();
    return "now";
  }

  /** Notices also what was saved after `since`: while the app was being started. */
  function watchOnce(
    files: string[],
    anySource: boolean,
    since: number,
  ): { changed: Promise<string>; stop: () => void } {
    const { promise, resolve } = Promise.withResolvers<string>();
    return {
      changed: promise,
      stop: options.watch ? watchFiles(files, anySource, since, resolve) : () => undefined,
    };
  }

  const running = run();
  // Whoever only stops the host does not have to look at how its first start went.
  ready.promise.catch(() => undefined);
  return {
    ready: ready.promise,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
