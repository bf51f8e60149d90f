import { isUtf8 } from "node:buffer";

/** The characters that Windows-1252 puts at 0x80 to 0x9F, in order; a space marks the five bytes it leaves undefined. */
const upperHalf = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/** Byte of each character above U+00FF. Characters up to U+00FF are their own byte, undefined ones and controls included. */
const byteOf = new Map(
  Array.from(upperHalf, (character, index): [number, number] => [
    character.charCodeAt(0),
    0x80 + index,
  ]).filter(([code]) => code > 0xff),
);

// oxlint-disable-next-line no-control-regex -- everything outside ASCII
const beyondAscii = /[^\x00-\x7f]/;

/**
 * A capital letter and a mark after a letter, as in `NESTLÉ®` or `ANDRÉ’S`, or `ß` and a mark, as in `Spaß…`, happen to
 * be valid UTF-8 for one letter of a script that nobody writes there. As the only letters beyond ASCII they are kept,
 * unless a word goes on behind the mark as it does in misread text: `Kɔfi` becomes `KÉ”fi`.
 */
const wordAndMark =
  // oxlint-disable-next-line no-control-regex -- as above
  /^[\x00-\x7f]*(?:(?:(?:[A-Z][É-ÍÔ-Þ]|[A-Za-z]ß)(?:[^\x00-\x7f](?![A-Za-z])|[‘’“”–—…®™»](?=[A-Z]|s(?![A-Za-z])))|[A-Za-z]ß[–—…](?=[a-z]))[\x00-\x7f]*)+$/;

/**
 * Undoes double encoding: UTF-8 that was read as Windows-1252 and encoded once more, which Dataverse does unless the
 * service endpoint's `messagecharset` is UTF-8. Text is changed only when each of its characters is a byte of
 * Windows-1252 and the bytes together are valid UTF-8; correct text practically never is. Repeats, because some
 * texts are encoded three times. Returns the text itself when there is nothing to repair.
 */
export function repairText(text: string): string {
  let repaired = text;
  for (let once = repairOnce(repaired); once !== null; once = repairOnce(once)) repaired = once;
  return repaired;
}

function repairOnce(text: string): string | null {
  if (!beyondAscii.test(text) || wordAndMark.test(text)) return null;
  const bytes = Buffer.alloc(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const byte = code <= 0xff ? code : byteOf.get(code);
    if (byte === undefined) return null;
    bytes[index] = byte;
  }
  return isUtf8(bytes) ? bytes.toString("utf8") : null;
}
