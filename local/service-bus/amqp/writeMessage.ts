import type { Content, Message, MessageLock, Properties } from "../queue/message.ts";
import { types } from "./rhea.ts";
import { SECTION, sectionsOf } from "./sections.ts";

const symbol = (text: string) =>
  Buffer.concat([Buffer.from([0xa3, text.length]), Buffer.from(text, "latin1")]);

const SEQUENCE_NUMBER = symbol("x-opt-sequence-number");
const ENQUEUED_TIME = symbol("x-opt-enqueued-time");
const LOCKED_UNTIL = symbol("x-opt-locked-until");
const MESSAGE_STATE = symbol("x-opt-message-state");

const STATE_CODE = { active: 0, deferred: 1, scheduled: 2 } as const;

/** A message has one kind of them (AMQP 1.0, part 3, section 3.2). */
const BODY_SECTIONS: readonly number[] = [SECTION.data, SECTION.amqpSequence, SECTION.amqpValue];

/** Type codes of fixed width (AMQP 1.0, part 1, section 1.6). */
const LONG = 0x81;
const TIMESTAMP = 0x83;

const LONGEST_HEADER = 20;
const ANNOTATION_HEAD_BYTES = 12;

/**
 * Encodes a message for delivery: its own bytes behind a header and annotations of the broker.
 * `lock` is left out for browsed and pre-settled messages.
 */
export function writeMessage(message: Message, lock: MessageLock | undefined): Buffer {
  const { content } = message;
  const own: Buffer[] = [
    SEQUENCE_NUMBER,
    wide(LONG, message.sequenceNumber),
    ENQUEUED_TIME,
    wide(TIMESTAMP, message.enqueuedAt),
    MESSAGE_STATE,
    Buffer.from([0x54, STATE_CODE[message.state]]),
  ];
  if (lock) own.push(LOCKED_UNTIL, wide(TIMESTAMP, lock.until));
  return Buffer.concat([
    header(content, message.deliveryCount),
    annotationHead(content, own),
    content.annotations,
    ...own,
    content.bare,
  ]);
}

/** As {@link writeMessage}, without what the sender put into the body. */
export function writeWithoutBody(message: Message): Buffer {
  const bytes = writeMessage(message, undefined);
  const kept = [...sectionsOf(bytes)].filter(({ code }) => !BODY_SECTIONS.includes(code));
  return Buffer.concat(kept.map(({ start, end }) => bytes.subarray(start, end)));
}

function wide(typeCode: number, value: number): Buffer {
  const bytes = Buffer.allocUnsafe(9);
  bytes.writeUInt8(typeCode, 0);
  bytes.writeBigInt64BE(BigInt(value), 1);
  return bytes;
}

/** The header section as a list of five fields, written by hand because every delivery needs one. */
function header(content: Content, deliveryCount: number): Buffer {
  const bytes = Buffer.allocUnsafe(LONGEST_HEADER);
  let at = bytes.write("005370c0", "hex") + 1;
  bytes.writeUInt8(5, at++);
  bytes.writeUInt8(content.durable ? 0x41 : 0x42, at++);
  if (content.priority === undefined) bytes.writeUInt8(0x40, at++);
  else at = bytes.writeUInt8(content.priority, bytes.writeUInt8(0x50, at));
  if (content.timeToLive === undefined) bytes.writeUInt8(0x40, at++);
  else at = bytes.writeUInt32BE(content.timeToLive, bytes.writeUInt8(0x70, at));
  bytes.writeUInt8(0x42, at++);
  at = bytes.writeUInt32BE(deliveryCount, bytes.writeUInt8(0x70, at));
  bytes.writeUInt8(at - 5, 4);
  return bytes.subarray(0, at);
}

function annotationHead(content: Content, own: readonly Buffer[]): Buffer {
  const bytes = Buffer.allocUnsafe(ANNOTATION_HEAD_BYTES);
  const size = own.reduce((total, part) => total + part.length, content.annotations.length);
  bytes.write("005372d1", "hex");
  bytes.writeUInt32BE(size + 4, 4);
  bytes.writeUInt32BE(content.annotationCount + own.length, 8);
  return bytes;
}

/** Sets application properties in a message; those it has keep their exact types. */
export function setProperties(message: Message, properties: Properties): void {
  const names = Object.keys(properties);
  if (names.length === 0) return;
  const bare = Buffer.from(message.content.bare);
  const sections = [...sectionsOf(bare)];
  const existing = sections.find((section) => section.code === SECTION.applicationProperties);
  const at =
    existing?.start ?? sections.find((section) => section.code > SECTION.properties)?.start ?? bare.length;
  const items = existing ? [...(new types.Reader(bare.subarray(existing.value)).read().value as Item[])] : [];
  const kept = items.filter((_, index) => !names.includes(String(items[index - (index % 2)]!.value)));
  const added = names.flatMap((name) => [types.wrap_string(name), types.wrap(properties[name])]);
  const writer = new types.Writer();
  writer.write(
    types.described(types.wrap_ulong(SECTION.applicationProperties), types.Map32([...kept, ...added])),
  );
  const rest = bare.subarray(existing?.end ?? at);
  message.content = {
    ...message.content,
    bare: Buffer.concat([bare.subarray(0, at), writer.toBuffer(), rest]),
  };
}

type Item = ReturnType<typeof types.wrap>;
