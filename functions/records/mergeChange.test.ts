import { describe, expect, it } from "vitest";
import { mergeChange } from "./mergeChange.ts";
import type { Merged } from "./mergeChange.ts";
import type { PlatformRecord, RecordChange } from "./record.ts";
import { change, deletion, values } from "./testing/changes.ts";

/** Applies changes one after the other and returns what the last one came to. */
function merge(...changes: RecordChange[]): Merged {
  let record: PlatformRecord | null = null;
  let merged: Merged | null = null;
  for (const one of changes) {
    merged = mergeChange(record, one, "internal");
    record = merged.record;
  }
  return merged as unknown as Merged;
}

const stale = { outcome: "skipped", code: "record.stale" };
const unchanged = { outcome: "skipped", code: "record.unchanged" };
const isDeleted = { outcome: "skipped", code: "record.deleted" };
const success = { outcome: "success", code: null };

describe("mergeChange", () => {
  it("creates a record and tells what it holds", () => {
    const { record, outcome, changes, written } = merge(change("e1", 1000, { city: "Odense", phone: null }));
    expect(record).toMatchObject({ id: "internal", kind: "member", deleted: null });
    expect(values(record)).toEqual({ city: "Odense", phone: null });
    expect({ outcome, written }).toEqual({ outcome: success, written: true });
    expect(changes).toEqual([{ recordId: record.externalId, field: "city", old: null, new: "Odense" }]);
  });

  it("leaves absent fields as they are and clears those that are null", () => {
    const { record, changes } = merge(
      change("e1", 1000, { city: "Odense", phone: "1" }),
      change("e2", 2000, { phone: null }),
    );
    expect(values(record)).toEqual({ city: "Odense", phone: null });
    expect(changes).toEqual([{ recordId: record.externalId, field: "phone", old: "1", new: null }]);
  });

  it("keeps a later value when an earlier change arrives after it", () => {
    const { record, outcome, written } = merge(
      change("e2", 2000, { city: "Aarhus" }),
      change("e1", 1000, { city: "Odense" }),
    );
    expect(values(record)).toEqual({ city: "Aarhus" });
    expect({ outcome, written }).toEqual({ outcome: stale, written: false });
  });

  it("takes of an earlier change what no later one has said", () => {
    const { record, outcome } = merge(
      change("e2", 2000, { city: "Aarhus" }),
      change("e1", 1000, { city: "Odense", phone: "1" }),
    );
    expect(values(record)).toEqual({ city: "Aarhus", phone: "1" });
    expect(outcome).toEqual(success);
  });

  it("decides within a second by the row version, then by the event id; no version is the lowest", () => {
    const versioned = (eventId: string, city: string, rowVersion: number | null) =>
      change(eventId, 1000, { city }, { rowVersion });
    expect(values(merge(versioned("e1", "new", 8), versioned("e2", "old", 7)).record)).toEqual({
      city: "new",
    });
    expect(values(merge(versioned("e1", "new", 0), versioned("e2", "old", null)).record)).toEqual({
      city: "new",
    });
    expect(values(merge(versioned("e2", "new", null), versioned("e1", "old", null)).record)).toEqual({
      city: "new",
    });
  });

  it("skips what is here already, yet remembers that it was said again", () => {
    const { record, outcome, written } = merge(
      change("e1", 1000, { city: "Odense" }),
      change("e3", 3000, { city: "Odense" }),
    );
    expect({ outcome, written }).toEqual({ outcome: unchanged, written: true });
    const late = mergeChange(record, change("e2", 2000, { city: "Aarhus" }), "internal");
    expect(late).toMatchObject({ outcome: stale, written: false });
    expect(values(late.record)).toEqual({ city: "Odense" });
  });

  it("does not tell apart equal references and lists", () => {
    const fields = () => ({ company: { id: "a", table: "account" }, interests: [1, 2] });
    expect(merge(change("e1", 1000, fields()), change("e2", 2000, fields())).outcome).toEqual(unchanged);
  });

  it("comes to the same when an event is delivered again, without writing", () => {
    const [first, second] = [
      change("e1", 1000, { city: "Odense", phone: "1" }),
      change("e2", 2000, { city: "Aarhus" }),
    ];
    const once = merge(first, second);
    const again = merge(first, second, second);
    expect(again).toEqual({ ...once, written: false });
    const create = merge(first, first);
    expect(create).toEqual({ ...merge(first), written: false });
  });

  it("applies the values of a replay under another mapping", () => {
    const { record, outcome, changes } = merge(
      change("e1", 1000, { city: "ODENSE" }),
      change("e1", 1000, { city: "Odense" }),
    );
    expect(values(record)).toEqual({ city: "Odense" });
    expect(outcome).toEqual(success);
    expect(changes).toMatchObject([{ old: null, new: "Odense" }]);
  });

  it("removes the values of a deleted record, and it stays deleted", () => {
    const { record, outcome, changes } = merge(change("e1", 1000, { city: "Odense" }), deletion("e2", 2000));
    expect(record).toMatchObject({ fields: {}, deleted: { time: 2000, eventId: "e2" } });
    expect(outcome).toEqual(success);
    expect(changes).toEqual([{ recordId: record.externalId, field: "deleted", old: false, new: true }]);
    const later = mergeChange(record, change("e3", 3000, { city: "Aarhus" }), "internal");
    expect(later).toEqual({ record, outcome: isDeleted, changes: [], written: false });
  });

  it("remembers a deletion that comes before the creation", () => {
    const { record, outcome } = merge(deletion("e2", 2000), change("e1", 1000, { city: "Odense" }));
    expect(record).toMatchObject({ fields: {}, deleted: { eventId: "e2" } });
    expect(outcome).toEqual(isDeleted);
  });

  it("comes to the same when a deletion is delivered again; of two the earlier one holds", () => {
    expect(merge(deletion("e2", 2000), deletion("e2", 2000))).toMatchObject({
      outcome: success,
      written: false,
    });
    const late = merge(deletion("e1", 1000), deletion("e2", 2000));
    expect(late).toMatchObject({
      outcome: isDeleted,
      written: false,
      record: { deleted: { eventId: "e1" } },
    });
    const early = merge(deletion("e2", 2000), deletion("e1", 1000));
    expect(early).toMatchObject({
      outcome: isDeleted,
      written: true,
      record: { deleted: { eventId: "e1" } },
    });
  });
});
