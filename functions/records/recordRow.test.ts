import { describe, expect, it } from "vitest";
import type { FieldValue } from "./fieldValue.ts";
import { mergeChange } from "./mergeChange.ts";
import { internalId } from "./record.ts";
import type { PlatformRecord } from "./record.ts";
import { packFields, toProperties, toSnapshot } from "./recordRow.ts";
import { change, deletion } from "./testing/changes.ts";

/** The record as it comes back from storage. */
function stored(record: PlatformRecord): { record: PlatformRecord; properties: Record<string, unknown> } {
  const properties = toProperties(record, packFields(record.fields));
  const row = { partitionKey: "contoso|member", rowKey: record.externalId, etag: "1", ...properties };
  return { record: toSnapshot(row).record, properties };
}

function recordWith(fields: Record<string, FieldValue>): PlatformRecord {
  return mergeChange(null, change("e1", 1000, fields, { rowVersion: 7 }), "internal").record;
}

describe("a record's row", () => {
  it("brings back the record as it was", () => {
    const record = recordWith({
      city: "Odense",
      company: { id: "a", table: "account" },
      interests: [1, 2],
      phone: null,
    });
    expect(stored(record).record).toEqual(record);
    const deleted = mergeChange(record, deletion("e2", 2000), "internal").record;
    expect(stored(deleted).record).toEqual(deleted);
  });

  it("holds long text in properties of at most 32K characters, and cuts no character in half", () => {
    for (const text of ["x".repeat(64_000), "👋".repeat(30_000), `y${"👋".repeat(30_000)}`]) {
      const record = recordWith({ note: text });
      const { properties, record: back } = stored(record);
      expect(back).toEqual(record);
      const chunks = Object.entries(properties).filter(([name]) => name.startsWith("fields"));
      expect(chunks.length).toBeGreaterThan(1);
      for (const [, chunk] of chunks) {
        expect(String(chunk).length).toBeLessThanOrEqual(32_000);
        expect(String(chunk).isWellFormed()).toBe(true);
      }
    }
  });
});

it("the same thing has the same internal id, and other things others", () => {
  const id = internalId("contoso", "member", "1");
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(internalId("contoso", "member", "1")).toBe(id);
  expect(internalId("fabrikam", "member", "1")).not.toBe(id);
  expect(internalId("contoso", "company", "1")).not.toBe(id);
});
