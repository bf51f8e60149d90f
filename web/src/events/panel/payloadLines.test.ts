import { describe, expect, it } from "vitest";
import { findLines, payloadLines, splitLine } from "./payloadLines.ts";

const lines = payloadLines({ MessageName: "Update", Target: { email: "ASA@example.org" } });

describe("searching a payload", () => {
  it("finds lines whatever the case of the letters", () => {
    expect(findLines(lines, " asa@ ").map((index) => lines[index]?.trim())).toEqual([
      `"email": "ASA@example.org"`,
    ]);
    expect(findLines(lines, "  ")).toEqual([]);
  });

  it("marks every hit and loses no character", () => {
    const parts = splitLine("abcABCab", "ab");
    expect(parts.map(({ text }) => text).join("")).toBe("abcABCab");
    expect(parts.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(["ab", "AB", "ab"]);
  });
});
