import { describe, expect, it } from "vitest";
import { fieldNamedIn, requiredMissing, valueInvalid } from "./mappingSentences.ts";

const place = { field: "joinedOn", column: "new_joinedon" };

describe("the sentence of an event that the mapping could not take", () => {
  it("names the field, whatever the value is", () => {
    expect(fieldNamedIn(requiredMissing(place))).toBe("joinedOn");
    for (const value of ['"banana"', '"(field email)."', '"a\\nb"', "{}"])
      expect(fieldNamedIn(valueInvalid(place, value, "is not a date"))).toBe("joinedOn");
  });

  it("is told from other sentences, which name none", () => {
    expect(fieldNamedIn("The record's values are together larger than a record can be.")).toBeNull();
  });
});
