import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** A process of the embedded stack. */
export interface Child {
  name: string;
  process: ChildProcess;
  /** Resolves when the process has ended, with a sentence when it was not asked to. */
  ended: Promise<void>;
  /** Asks the process to end, and ends it by force after ten seconds. */
  stop(): Promise<void>;
}

/** Starts a Node process whose output goes to a log file; `onExit` is told when it ends without being asked. */
export function startChild(options: {
  name: string;
  args: string[];
  logFile: string;
  env?: Record<string, string>;
  onExit?: (sentence: string) => void;
  /** Also show what it prints, line by line. */
  onLine?: (line: string) => void;
}): Child {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: "a" });
  const child = spawn(process.execPath, options.args, {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...options.env, NODE_NO_WARNINGS: "1" },
    // A group of its own: Ctrl+C in the terminal reaches only the stack, which stops its parts in order.
    detached: process.platform !== "win32",
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.pipe(log, { end: false });
    if (options.onLine) forwardLines(stream, options.onLine);
  }
  let stopping = false;
  const ended = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      log.end();
      if (!stopping)
        options.onExit?.(
          `${options.name} ended by itself (${signal ?? `code ${code}`}): see ${options.logFile}.`,
        );
      resolve();
    });
  });
  return {
    name: options.name,
    process: child,
    ended,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGINT");
      const force = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(force);
    },
  };
}

/** The message with which a process says that it serves. Throws a sentence when it ends or stays silent instead. */
export function whenReady<T>(child: Child, timeoutMs = 60_000): Promise<T> {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(
      () => reject(new Error(`${child.name} did not start within ${timeoutMs / 1000} s.`)),
      timeoutMs,
    );
    child.process.on("message", (message) => {
      const { ready } = message as { ready?: T };
      if (!ready) return;
      clearTimeout(timeout);
      resolve(ready);
    });
    void child.ended.then(() => {
      clearTimeout(timeout);
      reject(new Error(`${child.name} could not start.`));
    });
  });
}

function forwardLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = "";
  stream?.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
}
