import { describe, expect, it } from "vitest";
import type { PlainValue } from "../dynamics/plainValue.ts";
import type { FieldValue } from "./fieldValue.ts";
import type { FieldType } from "../contracts/mapping.ts";
import { readValue } from "./readValue.ts";

const id = "11111111-aaaa-4aaa-8aaa-000000000001";

describe("readValue", () => {
  it.each<[FieldType, PlainValue, FieldValue]>([
    ["text", "Ada", "Ada"],
    ["text", 12, "12"],
    ["text", "", null],
    ["text", null, null],
    ["email", " ada@example.org ", "ada@example.org"],
    ["number", 1.5, 1.5],
    ["number", "1.0000000000", 1],
    ["boolean", true, true],
    ["boolean", 0, false],
    ["boolean", "true", true],
    ["date", "2026-01-31", "2026-01-31"],
    ["date", "2026-01-01T00:00:00.000Z", "2026-01-01"],
    ["instant", "2026-01-01T00:00:00+01:00", "2025-12-31T23:00:00.000Z"],
    ["choice", 844060004, 844060004],
    ["reference", { id, table: "account", name: "Contoso" }, { id, table: "account" }],
    ["list", [3, 1, 3], [1, 3]],
    ["list", ["b", "a", 10, 9], [9, 10, "a", "b"]],
    ["list", 5, [5]],
  ])("reads as %s: %j", (type, value, read) => expect(readValue(type, value)).toEqual({ value: read }));

  it.each<[FieldType, PlainValue]>([
    ["text", { id, table: "account" }],
    ["text", "x".repeat(64_001)],
    ["email", "ada"],
    ["email", 5],
    ["number", "12 apples"],
    ["number", "1e999"],
    ["boolean", "perhaps"],
    ["date", "31.01.2026"],
    ["instant", 5],
    ["choice", 1.5],
    ["choice", true],
    ["reference", id],
    ["reference", { id: "contoso", table: "account" }],
    ["list", [{ id, table: "account" }]],
  ])("finds unfit as %s: %j", (type, value) => {
    expect(readValue(type, value)).toEqual({ problem: expect.stringMatching(/^is /) });
  });
});
