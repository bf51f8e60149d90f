import { endOfValue, variableBytes } from "./encodedValues.ts";

/** The sections of a message by their descriptor codes (AMQP 1.0, part 3, section 3.2). */
export const SECTION = {
  header: 0x70,
  deliveryAnnotations: 0x71,
  messageAnnotations: 0x72,
  properties: 0x73,
  applicationProperties: 0x74,
  data: 0x75,
  amqpSequence: 0x76,
  amqpValue: 0x77,
} as const;

/** One section of an encoded message. */
export type Section = { code: number; start: number; value: number; end: number };

const NAMES: Record<string, number> = {
  "amqp:header:list": SECTION.header,
  "amqp:delivery-annotations:map": SECTION.deliveryAnnotations,
  "amqp:message-annotations:map": SECTION.messageAnnotations,
  "amqp:properties:list": SECTION.properties,
  "amqp:application-properties:map": SECTION.applicationProperties,
  "amqp:data:binary": SECTION.data,
  "amqp:amqp-sequence:list": SECTION.amqpSequence,
  "amqp:amqp-value:*": SECTION.amqpValue,
};

/** Yields the sections of an encoded message in order; throws RangeError when they are not well-formed. */
export function* sectionsOf(bytes: Buffer): Generator<Section> {
  let start = 0;
  while (start < bytes.length) {
    if (bytes[start] !== 0x00) throw new RangeError("A message section was expected.");
    const value = endOfValue(bytes, start + 1);
    const end = endOfValue(bytes, value);
    yield { code: codeOf(bytes, start + 1), start, value, end };
    start = end;
  }
}

function codeOf(bytes: Buffer, offset: number): number {
  const type = bytes[offset];
  if (type === 0x53) return bytes.readUInt8(offset + 1);
  if (type === 0x80) return Number(bytes.readBigUInt64BE(offset + 1));
  return NAMES[variableBytes(bytes, offset).toString("latin1")] ?? 0;
}
