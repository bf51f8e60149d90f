import type { RemoteExecutionContext } from "../context/remoteExecutionContext.ts";

/** A larger body loses the members that can be large. */
const SIZE_LIMIT_BYTES = 256 * 1024;

/** The body's text, and whether members were dropped to stay under the limit. */
export type Body = { text: string; sizeExceeded: boolean };

/** Writes a context as the .NET serializer does (slashes escaped), without its large members when over 256 KB. */
export function serializeContext(context: RemoteExecutionContext): Body {
  const text = withEscapedSlashes(context);
  if (Buffer.byteLength(text) <= SIZE_LIMIT_BYTES) return { text, sizeExceeded: false };
  const {
    InputParameters: _input,
    ParentContext: _parent,
    PreEntityImages: _before,
    PostEntityImages: _after,
    ...rest
  } = context;
  return { text: withEscapedSlashes(rest), sizeExceeded: true };
}

/**
 * The bytes on the wire. An endpoint whose `messagecharset` is UTF8 (1) gets UTF-8; with Default (0) text beyond
 * ASCII arrives encoded twice: its UTF-8 bytes were taken for Windows-1252 and written as UTF-8 once more.
 */
export function encodeBody(text: string, messageCharset: number): Buffer {
  const utf8 = Buffer.from(text, "utf8");
  if (messageCharset === 1) return utf8;
  return Buffer.from(new TextDecoder("windows-1252").decode(utf8), "utf8");
}

function withEscapedSlashes(value: object): string {
  return JSON.stringify(value).replaceAll("/", "\\/");
}
