import { describe, expect, it } from "vitest";
import { fromInputValue, toInputValue } from "./inputValue.ts";

describe("the value of a time input", () => {
  it("names the same minute in both directions, summer and winter", () => {
    for (const at of [Date.UTC(2026, 6, 1, 12, 30), Date.UTC(2026, 11, 31, 23, 59)])
      expect(fromInputValue(toInputValue(at))).toBe(at);
  });

  it("is empty for no instant, and the other way round", () => {
    expect(toInputValue(null)).toBe("");
    expect(fromInputValue("")).toBeNull();
    expect(fromInputValue("2026-13-45T99:99")).toBeNull();
  });
});
