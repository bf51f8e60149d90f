import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";

/** A process of the embedded stack that serves. */
export interface Child {
  process: ChildProcess;
  /** Resolves when the process has ended. */
  ended: Promise<void>;
  /** Asks the process to end, and ends it by force after ten seconds. */
  stop(): Promise<void>;
}

/** What the stack tells each of its processes. */
export interface ChildOptions {
  logFile: string;
  /** Ends the start of a process that does not serve yet. One that serves goes on until it is stopped. */
  signal: AbortSignal;
  /** Told in a sentence when a process that served ends without being asked. */
  onExit: (sentence: string) => void;
}

/** A process that serves, and what it announced. */
interface StartedChild<T> {
  child: Child;
  info: T;
}

/**
 * Starts a Node process whose output goes to a log file. Resolves when it announces that it serves, with what it
 * announces. When it does not, it is ended, and a sentence is thrown that says what to do.
 */
export async function startChild<T>(
  name: string,
  args: string[],
  { logFile, signal, onExit }: ChildOptions,
): Promise<StartedChild<T>> {
  signal.throwIfAborted();
  const child = spawnChild(args, logFile);
  try {
    const info = await announced<T>(child, signal);
    void child.ended.then(() => {
      const { exitCode, signalCode } = child.process;
      if (!child.isStopping())
        onExit(`${name} ended by itself (${signalCode ?? `code ${exitCode}`}): see ${logFile}.`);
    });
    return { child, info };
  } catch {
    await child.stop();
    signal.throwIfAborted();
    throw new Error(
      `${name} could not start: read why in ${logFile}, or begin from an empty state with npm start -- --reset.`,
    );
  }
}

function spawnChild(args: string[], logFile: string): Child & { isStopping(): boolean } {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "a");
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", log, log, "ipc"],
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
    // A group of its own: Ctrl+C in the terminal reaches only the stack, which stops its parts in order.
    detached: process.platform !== "win32",
  });
  closeSync(log);
  let stopping = false;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    process: child,
    ended,
    isStopping: () => stopping,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGINT");
      const force = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(force);
      endGroup(child);
    },
  };
}

/** Ends what a process started and had no time to end itself. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined || process.platform === "win32") return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing is left of the group, which is the rule.
  }
}

/** The message with which a process says that it serves. Rejects when it ends, stays silent for a minute, or is not wanted any more. */
function announced<T>(child: Child, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  child.process.on("message", (message) => {
    const { ready } = message as { ready?: T };
    if (ready) resolve(ready);
  });
  void child.ended.then(reject);
  signal.addEventListener("abort", reject, { once: true });
  const patience = setTimeout(reject, 60_000);
  return promise.finally(() => clearTimeout(patience));
}
