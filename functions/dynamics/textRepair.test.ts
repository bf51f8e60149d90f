import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repairText } from "./textRepair.ts";

/** What Dataverse does without `messagecharset`: reads UTF-8 as Windows-1252, undefined bytes as control characters. */
function misread(text: string): string {
  const windows1252 = new TextDecoder("windows-1252");
  return windows1252.decode(new TextEncoder().encode(text));
}

const everyday = [
  "Müller & Søn ApS",
  "Ærø Kommune – Ålborg",
  "Łódź",
  "Ивана Петровна",
  "Δημήτρης",
  "張偉",
  "Zoë 👋🏽",
  "naïve café",
  "„Größe“ – 20 °C",
  "5 £ ± 2 µm",
  "«São Paulo»",
  "MANHÃ DE NOVEMBRO",
  "ÅRSMØDE",
  "NESTLÉ®",
  "CITÉ™ group",
  "Das macht Spaß…",
  "ANDRÉ’S BAKERY",
  "CHLOÉ’s",
  "TROMSØ–OSLO",
  "MALMÖ–LUND AB",
  "Groß–Gerau",
  "weiß–blau",
  "NESTLÉ® & CITÉ™",
  "Kɔfi",
  "Məmmədov",
  "Aɖzo",
  "l’été",
  "Ünïcödé",
];

describe("repairText", () => {
  it.each(everyday)("leaves correct text as it is: %s", (text) => expect(repairText(text)).toBe(text));

  it.each(everyday.filter((text) => /[^\0-\x7f]/.test(text)))(
    "repairs what was misread once or twice: %s",
    (text) => {
      expect(repairText(misread(text))).toBe(text);
      expect(repairText(misread(misread(text)))).toBe(text);
    },
  );

  it("reads the five bytes that Windows-1252 leaves undefined as control characters", () => {
    expect(repairText("\u00d0\u0090\u00d0\u00b0")).toBe("Аа");
    expect(repairText("\u00c4\u0081\u00c4\u008d\u00d1\u008f\u00d0\u009d")).toBe("āčяН");
  });

  it("repairs text that was read as Latin-1 on top of Windows-1252", () => {
    expect(repairText("\u00c3\u00a2\u00e2\u0080\u009a\u00c2\u00ac2,154.32")).toBe("€2,154.32");
  });

  it("leaves text alone of which only a part is misread", () => {
    expect(repairText("MÃ¼ller und Müller")).toBe("MÃ¼ller und Müller");
    expect(repairText("Ð\u0090 и Б")).toBe("Ð\u0090 и Б");
  });

  it("finds the text before it was misread, for any text that does not itself look misread", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1 }).filter((one) => one === repairText(one));
    fc.assert(
      fc.property(text, (original) => {
        const broken = misread(original);
        // Words with a mark, such as NESTLÉ®, are taken for correct although other text could be misread into them.
        fc.pre(!/^[\0-\x7f]*(?:(?:[A-Z][É-ÍÔ-Þ]|[A-Za-z]ß)[^\0-\x7f][\0-\x7f]*)+$/.test(broken));
        expect(repairText(broken)).toBe(original);
      }),
      { numRuns: 3000 },
    );
  });

  it("never changes text with a letter that a byte cannot be", () => {
    const letter = fc.constantFrom("ж", "Ω", "ł", "漢", "א");
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        letter,
        fc.string({ unit: "grapheme" }),
        (left, mark, right) => {
          expect(repairText(left + mark + right)).toBe(left + mark + right);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
