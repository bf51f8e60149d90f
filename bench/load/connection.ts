import { connect } from "node:net";
import type { Socket } from "node:net";

/** An HTTP answer. `headers` is the head as it came, in lower case. */
export interface Answer {
  status: number;
  headers: string;
  body: string;
}

/** The connection ended before the answer was here: nobody knows what became of the request. */
export class AnswerLost extends Error {}

/** One keep-alive connection that carries one request at a time. */
export interface Connection {
  /** Sends a request that is ready for the wire. Rejects with {@link AnswerLost}; the next request opens a new socket. */
  send(request: Buffer): Promise<Answer>;
  close(): void;
}

/**
 * A client so small that a benchmark measures the server: it writes prepared bytes and reads what an HTTP/1.1 server
 * answers, with a Content-Length or in chunks.
 */
export function openConnection(port: number): Connection {
  let socket: Socket | undefined;
  let pending: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  let received = Buffer.alloc(0);

  function open(): Socket {
    const opened = connect({ port, host: "127.0.0.1", noDelay: true });
    received = Buffer.alloc(0);
    opened.on("data", (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const answer = readAnswer(received);
      if (!answer || !pending) return;
      received = Buffer.alloc(0);
      const { resolve } = pending;
      pending = undefined;
      resolve(answer);
    });
    const lost = (reason: string) => {
      // A socket says "error" and then "close": by then the next request may be on its way on another one.
      if (socket !== opened) return;
      socket = undefined;
      pending?.reject(new AnswerLost(reason));
      pending = undefined;
    };
    opened.on("error", (error) => lost(error.message));
    opened.on("close", () => lost("The connection was closed."));
    return opened;
  }

  return {
    send(request) {
      return new Promise((resolve, reject) => {
        pending = { resolve, reject };
        socket ??= open();
        socket.write(request);
      });
    },
    close: () => socket?.destroy(),
  };
}

/** The answer at the beginning of what was received; undefined while it is not complete. */
function readAnswer(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const headers = bytes.toString("latin1", 0, end).toLowerCase();
  const status = Number(headers.slice(9, 12));
  const rest = bytes.subarray(end + 4);
  const length = /\ncontent-length: *(\d+)/.exec(headers)?.[1];
  if (length !== undefined)
    return rest.length < Number(length) ? undefined : { status, headers, body: rest.toString("utf8") };
  if (!headers.includes("transfer-encoding: chunked")) return { status, headers, body: "" };
  return rest.toString("latin1").endsWith("0\r\n\r\n") ? { status, headers, body: unchunk(rest) } : undefined;
}

function unchunk(bytes: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (!size) return Buffer.concat(parts).toString("utf8");
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
