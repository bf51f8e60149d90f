import { gunzipSync, gzipSync } from "node:zlib";
import type { Payload } from "../sync-log/recordedEvent.ts";
import type { EventMessage } from "./eventMessage.ts";

/** Bodies are a few kilobytes: with a small window on this thread they cost a quarter of what the thread pool does. */
const compression = { level: 1, memLevel: 5, windowBits: 13 };

/** A body as it waits in a queue or blob when it is large, and as it is stored: gzip. */
export function compress(body: Uint8Array): Buffer {
  return gzipSync(body, compression);
}

/** Whether a content is gzip. A body as it was received is JSON, which never begins with these bytes (RFC 1952). */
export function isCompressed(content: Uint8Array): boolean {
  return content[0] === 0x1f && content[1] === 0x8b;
}

/** A body as it was received, from its content. Throws when it is damaged. */
export function openContent(content: Uint8Array): string {
  const body = isCompressed(content) ? gunzipSync(content) : Buffer.from(content);
  return body.toString("utf8");
}

/** What the log keeps of an event's content. */
export function toPayload({ bytes, blob, content }: EventMessage): Payload | null {
  if (content) return { bytes, gzip: isCompressed(content) ? content : compress(content) };
  return blob === null ? null : { bytes, blob };
}
