import type { HttpRequest } from "@azure/functions";

/** The body was larger than allowed. */
export class BodyTooLarge extends Error {
  /** Its size as far as it is known: what was announced, else what was read of it. */
  readonly bytes: number;

  constructor(bytes: number) {
    super(`A body of ${bytes} bytes is too large.`);
    this.name = "BodyTooLarge";
    this.bytes = bytes;
  }
}

/** So much of a body that is too large is read and thrown away. */
const maxDiscarded = 32 * 1024 * 1024;

/**
 * Reads a request's body. Throws {@link BodyTooLarge} when it is larger than `maxBytes`. A body that names no length is
 * read to its end nevertheless, within bounds: a sender that is still sending would not see the answer, and the rest
 * of the body would stand in the way of the connection's next request.
 */
export async function readBody(request: HttpRequest, maxBytes: number): Promise<Buffer> {
  const length = request.headers.get("content-length");
  if (Number(length ?? 0) > maxBytes) throw new BodyTooLarge(Number(length));
  // HTTP ends a body at the length it names; only one without has to be watched while it comes.
  if (length !== null) return Buffer.from(await request.arrayBuffer());
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes + maxDiscarded) break;
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) throw new BodyTooLarge(size);
  return chunks.length === 1 ? Buffer.from(chunks[0] as Uint8Array) : Buffer.concat(chunks);
}
