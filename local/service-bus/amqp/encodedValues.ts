/**
 * Walks along AMQP-encoded bytes without decoding them: decoding and encoding again would cost most of the
 * broker's time and lose the difference between an int, a long and a timestamp.
 * Layout: AMQP 1.0, part 1, section 1.6 (the high half of a type code says how long the value is).
 */

/** The offset just behind the value that starts at `offset`. Throws RangeError when the bytes end before. */
export function endOfValue(bytes: Buffer, offset: number): number {
  const code = bytes.readUInt8(offset);
  if (code === 0x00) return endOfValue(bytes, endOfValue(bytes, offset + 1));
  const end = offset + encodedLength(bytes, offset, code >>> 4);
  if (end > bytes.length) throw new RangeError("The encoded value is cut off.");
  return end;
}

function encodedLength(bytes: Buffer, offset: number, category: number): number {
  switch (category) {
    case 0x4:
      return 1;
    case 0x5:
      return 2;
    case 0x6:
      return 3;
    case 0x7:
      return 5;
    case 0x8:
      return 9;
    case 0x9:
      return 17;
    case 0xa:
    case 0xc:
    case 0xe:
      return 2 + bytes.readUInt8(offset + 1);
    case 0xb:
    case 0xd:
    case 0xf:
      return 5 + bytes.readUInt32BE(offset + 1);
    default:
      throw new RangeError("The encoded value has an unknown type.");
  }
}

/** Where the items of a list or map begin, and how many there are. */
export function openCompound(bytes: Buffer, offset: number): { at: number; count: number } {
  const code = bytes.readUInt8(offset);
  if (code === 0x45) return { at: offset + 1, count: 0 };
  if (code === 0xc0 || code === 0xc1) return { at: offset + 3, count: bytes.readUInt8(offset + 2) };
  if (code === 0xd0 || code === 0xd1) return { at: offset + 9, count: bytes.readUInt32BE(offset + 5) };
  throw new RangeError("A list or map was expected.");
}

/** The bytes of a string, symbol or binary value. */
export function variableBytes(bytes: Buffer, offset: number): Buffer {
  const code = bytes.readUInt8(offset);
  if (code >>> 4 === 0xa) return bytes.subarray(offset + 2, endOfValue(bytes, offset));
  if (code >>> 4 === 0xb) return bytes.subarray(offset + 5, endOfValue(bytes, offset));
  throw new RangeError("A string, symbol or binary value was expected.");
}

/** An unsigned integer up to 32 bits, or undefined for null. */
export function unsigned(bytes: Buffer, offset: number): number | undefined {
  const code = bytes.readUInt8(offset);
  if (code === 0x40) return undefined;
  if (code === 0x43) return 0;
  if (code === 0x50 || code === 0x52) return bytes.readUInt8(offset + 1);
  if (code === 0x70) return bytes.readUInt32BE(offset + 1);
  throw new RangeError("An unsigned integer was expected.");
}
