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

/** What together with the mark behind it happens to be valid UTF-8 for a letter of a script that nobody writes there. */
const letters = "(?:[A-Z][É-ÍÔ-Þ]|[A-Za-z]ß)";
const keptWords = [
  // The mark ends the word: NESTLÉ®, Spaß…
  `${letters}[^\\x00-\\x7f](?![A-Za-z])`,
  // Capitals go on behind it, or a genitive: ANDRÉ’S, CHLOÉ’s. In misread text small letters do: `Kɔfi` becomes `KÉ”fi`.
  `${letters}[‘’“”–—…®™»](?=[A-Z]|s(?![A-Za-z]))`,
  // Two words: weiß–blau
  "[A-Za-z]ß[–—…](?=[a-z])",
];

/** Text whose only letters beyond ASCII are in such words: it is kept, though its bytes are valid UTF-8. */
const wordsAndMarks = new RegExp(`^[\\x00-\\x7f]*(?:(?:${keptWords.join("|")})[\\x00-\\x7f]*)+$`);

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
  if (!beyondAscii.test(text) || wordsAndMarks.test(text)) return null;
  const bytes = Buffer.alloc(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const byte = code <= 0xff ? code : byteOf.get(code);
    if (byte === undefined) return null;
    bytes[index] = byte;
  }
  return isUtf8(bytes) ? bytes.toString("utf8") : null;
}
