import type { IncomingMessage } from "node:http";

const DEFAULT_LIMIT = 104_857_600;

/** The largest accepted request body in bytes. */
export function bodyLimit(environment: NodeJS.ProcessEnv): number {
  return Number(environment["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"]) || DEFAULT_LIMIT;
}

/** A request that is refused before the function sees it. */
export class RefusedRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The whole body of a request for the buffered mode; undefined when there is none. As in the real host, a
 * body counts only with a Content-Length: what comes chunked is dropped.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const length = Number(request.headers["content-length"] ?? 0);
  if (length > limit) throw new RefusedRequest(413, `the body has more than ${limit} bytes`);
  if (length === 0) {
    request.resume();
    return undefined;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}
