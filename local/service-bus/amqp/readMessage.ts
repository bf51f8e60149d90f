import { randomBytes } from "node:crypto";

import type { Content, IncomingMessage } from "../queue/message.ts";
import { endOfValue, openCompound, unsigned, variableBytes } from "./encodedValues.ts";
import { types } from "./rhea.ts";
import { SECTION, sectionsOf } from "./sections.ts";

/** Set by the broker on delivery; a sender's own value of these is dropped. */
const OWN_ANNOTATIONS = new Set([
  "x-opt-sequence-number",
  "x-opt-enqueued-time",
  "x-opt-locked-until",
  "x-opt-message-state",
]);

/** Positions in the properties section (AMQP 1.0, part 3, section 3.2.4). */
const MESSAGE_ID = 0;
const GROUP_ID = 10;

type Draft = { -readonly [K in keyof Content]: Content[K] };

/** Reads what the broker must know of an encoded message, and keeps a copy of the rest as it is. */
export function readMessage(bytes: Buffer): IncomingMessage {
  const content: Draft = {
    durable: false,
    priority: undefined,
    timeToLive: undefined,
    annotations: Buffer.alloc(0),
    annotationCount: 0,
    bare: Buffer.alloc(0),
  };
  let scheduledFor: number | undefined;
  let messageId: string | undefined;
  let sessionId: string | undefined;
  let bareFrom = bytes.length;

  for (const section of sectionsOf(bytes)) {
    if (section.code === SECTION.header) readHeader(bytes, section.value, content);
    else if (section.code === SECTION.messageAnnotations) {
      scheduledFor = readAnnotations(bytes, section.value, content);
    } else if (section.code >= SECTION.properties) {
      bareFrom = Math.min(bareFrom, section.start);
      if (section.code === SECTION.properties) {
        ({ messageId, sessionId } = readProperties(bytes, section.value));
      }
    }
  }
  // A copy: the bytes are a slice of a socket buffer that would otherwise be kept as a whole.
  const bare = Buffer.from(bytes.subarray(bareFrom));
  content.bare = bare;
  if (messageId === undefined) {
    // The SDK cannot settle a message without an id when it renews its lock.
    messageId = randomBytes(16).toString("hex");
    content.bare = withMessageId(bare, messageId);
  }
  return { messageId, sessionId, scheduledFor, content };
}

function readHeader(bytes: Buffer, offset: number, content: Draft): void {
  let { at, count } = openCompound(bytes, offset);
  for (let field = 0; field < count; field += 1) {
    if (field === 0) content.durable = bytes[at] === 0x41 || (bytes[at] === 0x56 && bytes[at + 1] === 1);
    else if (field === 1) content.priority = unsigned(bytes, at);
    else if (field === 2) content.timeToLive = unsigned(bytes, at);
    at = endOfValue(bytes, at);
  }
}

/** Keeps the sender's annotations; returns the time to which the message is scheduled. */
function readAnnotations(bytes: Buffer, offset: number, content: Draft): number | undefined {
  let { at, count } = openCompound(bytes, offset);
  let scheduledFor: number | undefined;
  const kept: Buffer[] = [];
  for (let item = 0; item < count; item += 2) {
    const value = endOfValue(bytes, at);
    const end = endOfValue(bytes, value);
    const key = variableBytes(bytes, at).toString("latin1");
    if (key === "x-opt-scheduled-enqueue-time" && bytes[value] === 0x83) {
      scheduledFor = Number(bytes.readBigInt64BE(value + 1));
    }
    if (!OWN_ANNOTATIONS.has(key)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  content.annotations = Buffer.concat(kept);
  content.annotationCount = kept.length * 2;
  return scheduledFor;
}

function readProperties(bytes: Buffer, offset: number) {
  let { at, count } = openCompound(bytes, offset);
  let messageId: string | undefined;
  let sessionId: string | undefined;
  for (let field = 0; field < Math.min(count, GROUP_ID + 1); field += 1) {
    const end = endOfValue(bytes, at);
    if (bytes[at] !== 0x40) {
      if (field === MESSAGE_ID) messageId = idText(bytes.subarray(at, end));
      else if (field === GROUP_ID) sessionId = variableBytes(bytes, at).toString("utf8");
    }
    at = end;
  }
  return { messageId, sessionId };
}

/** A message id as text; one that is not a string (a number, a UUID, bytes) is told apart by its type code. */
function idText(encoded: Buffer): string {
  const code = encoded.readUInt8(0);
  if (code === 0xa1 || code === 0xb1) return variableBytes(encoded, 0).toString("utf8");
  return `${code.toString(16)}:${encoded.toString("hex", 1)}`;
}

function withMessageId(bare: Buffer, messageId: string): Buffer {
  const [first] = sectionsOf(bare);
  const has = first?.code === SECTION.properties;
  const fields = has ? [...(new types.Reader(bare.subarray(first.value)).read().value as never[])] : [];
  fields[MESSAGE_ID] = types.wrap_string(messageId) as never;
  const writer = new types.Writer();
  writer.write(types.described(types.wrap_ulong(SECTION.properties), types.List32(fields)));
  return Buffer.concat([writer.toBuffer(), bare.subarray(has ? first.end : 0)]);
}
