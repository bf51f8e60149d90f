import { AnswerLost, openConnection } from "./connection.ts";
import type { Answer, Connection } from "./connection.ts";

/** One request of a load at a fixed rate, when it ended. Times are `performance.now()`. */
export interface Sent<W extends { request: Buffer }> {
  webhook: W;
  /** When its turn was; the wait for a free connection counts as part of the answer's time. */
  dueAt: number;
  answeredAt: number;
  /** Null when the connection was lost. */
  answer: Answer | null;
}

/**
 * Sends webhooks at a fixed rate whatever becomes of those before (an open loop, so that a stall shows in every
 * request behind it), until `next` has none left. Resolves when all are answered.
 */
export async function sendAtRate<W extends { request: Buffer }>(options: {
  port: number;
  perSecond: number;
  /** The webhook whose turn it is; undefined ends the load. */
  next: () => W | undefined;
  onSent: (sent: Sent<W>) => void;
  signal: AbortSignal;
}): Promise<void> {
  const { port, perSecond, next, onSent, signal } = options;
  const idle: Connection[] = [];
  const all: Connection[] = [];
  const running = new Set<Promise<void>>();

  async function send(webhook: W, dueAt: number): Promise<void> {
    const connection = idle.pop() ?? openConnection(port);
    if (!all.includes(connection)) all.push(connection);
    let answer: Answer | null = null;
    try {
      answer = await connection.send(webhook.request);
    } catch (error) {
      if (!(error instanceof AnswerLost)) throw error;
    }
    idle.push(connection);
    onSent({ webhook, dueAt, answeredAt: performance.now(), answer });
  }

  const interval = 1000 / perSecond;
  let dueAt = performance.now();
  for (let webhook = next(); webhook && !signal.aborted; webhook = next()) {
    const early = dueAt - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    const work = send(webhook, dueAt);
    running.add(work);
    void work.finally(() => running.delete(work));
    dueAt += interval;
  }
  await Promise.all(running);
  for (const connection of all) connection.close();
}
