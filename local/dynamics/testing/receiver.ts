import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** A webhook request as it arrived. */
export type Received = { url: URL; headers: IncomingHttpHeaders; text: string; body: Context };

/** The parts of a context that tests look at. */
export type Context = Record<string, unknown> & {
  MessageName: string;
  OperationId: string;
  PrimaryEntityId: string;
  InputParameters?: { key: string; value: { Attributes?: { key: string; value: unknown }[] } }[];
};

/** An endpoint on this computer that keeps what it gets. */
export type Receiver = {
  url: string;
  received: Received[];
  /** Answers the next requests with these statuses, in order; after them with 202. `null` breaks the connection. */
  answerWith: (...statuses: (number | null)[]) => void;
  /** From now on, requests arrive and are never answered. */
  hold: () => void;
  /** Resolves at the next request. */
  nextRequest: () => Promise<void>;
  close: () => Promise<void>;
};

/** Starts a receiver that answers 202. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: (number | null)[] = [];
  const waiting: (() => void)[] = [];
  let held = false;
  const server = createServer((request, response) => {
    const answer = async () => {
      const text = await readText(request);
      const url = new URL(request.url ?? "", "http://receiver");
      received.push({ url, headers: request.headers, text, body: JSON.parse(text) });
      for (const wake of waiting.splice(0)) wake();
      if (held) return;
      const status = answers.length > 0 ? answers.shift() : 202;
      if (status === null) response.destroy();
      else response.writeHead(status ?? 202).end("ignored");
    };
    void answer();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answerWith: (...statuses) => void answers.push(...statuses),
    hold: () => {
      held = true;
    },
    nextRequest: () => new Promise((resolve) => void waiting.push(resolve)),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The columns of a context's Target, by name. */
export function targetColumns(context: Context): Record<string, unknown> {
  const target = context.InputParameters?.find(({ key }) => key === "Target");
  return Object.fromEntries((target?.value.Attributes ?? []).map(({ key, value }) => [key, value]));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
