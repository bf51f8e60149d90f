/**
 * The process that runs the app: it loads the unmodified app, serves the connections that the supervisor
 * hands over, and listens to queues and timers. What the app does not catch ends this process, and the
 * supervisor starts the next one.
 */
import type { Socket } from "node:net";
import { describeError } from "./core/log.ts";
import { startRuntime } from "./core/startRuntime.ts";
import type { Runtime } from "./core/startRuntime.ts";
import { ALIVE_MS } from "./protocol.ts";
import type { AskMessage, AnswersMessage, FromApp, Question, StartMessage, ToApp } from "./protocol.ts";
import { StartError } from "./startError.ts";

/** How long invocations may take to end when the supervisor is gone without a word. */
const ORPHAN_PATIENCE_MS = 2000;

let runtime: Runtime | undefined;
const asked = new Map<number, (answers: AnswersMessage) => void>();
let questions = 0;

process.on("message", (message: ToApp, handle?: Socket) => {
  switch (message.type) {
    case "start":
      void start(message);
      break;
    case "connection":
      send({ type: "taken", id: message.id });
      // A client that hung up in the meantime leaves nothing to serve.
      if (handle) runtime?.serve(handle);
      break;
    case "ask":
      answer(message);
      break;
    case "answers":
      asked.get(message.id)?.(message);
      asked.delete(message.id);
      break;
    case "drain":
      void end(message.patienceMs);
      break;
  }
});
process.on("disconnect", () => void end(ORPHAN_PATIENCE_MS));
// Ctrl+C reaches the whole process group; the supervisor decides when this process ends.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);

function send(message: FromApp, sent?: () => void): void {
  process.send?.(message, undefined, undefined, sent);
}

function askAll(question: Question): Promise<AnswersMessage> {
  return new Promise((resolve) => {
    const id = ++questions;
    asked.set(id, resolve);
    send({ type: "askAll", id, question });
  });
}

function answer({ id, question }: AskMessage): void {
  if (question.about === "clock") runtime?.setClock(question.offsetMs);
  const { user, system } = process.cpuUsage();
  const usage = { pid: process.pid, cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() };
  send({ type: "answer", id, usage });
}

async function start(message: StartMessage): Promise<void> {
  const files = new Set<string>();
  try {
    const started = await startRuntime(message, files, askAll);
    runtime = started;
    setInterval(() => send({ type: "alive", oldest: started.oldestInvocation() }), ALIVE_MS).unref();
    const { functions, functionTimeoutMs } = started;
    send({ type: "ready", functions, functionTimeoutMs, files: [...files] });
  } catch (error) {
    const problem = error instanceof StartError ? error.message : describeError(error);
    send({ type: "failed", problem, files: [...files] }, () => process.exit(1));
  }
}

async function end(patienceMs: number): Promise<void> {
  await runtime?.stop(patienceMs);
  process.exit(0);
}
