import type { HttpRequest } from "@azure/functions";

/** The body was larger than allowed. */
export class BodyTooLarge extends Error {}

/** Reads a request's body, at most `maxBytes` of it. Throws {@link BodyTooLarge} as soon as that is passed. */
export async function readBody(request: HttpRequest, maxBytes: number): Promise<Buffer> {
  const length = request.headers.get("content-length");
  if (Number(length ?? 0) > maxBytes) throw new BodyTooLarge();
  // HTTP ends a body at the length it names; only one without has to be watched while it comes.
  if (length !== null) return Buffer.from(await request.arrayBuffer());
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 ? Buffer.from(chunks[0] as Uint8Array) : Buffer.concat(chunks);
}
