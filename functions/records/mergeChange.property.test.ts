import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sameValue } from "./fieldValue.ts";
import type { FieldValue } from "./fieldValue.ts";
import { mergeChange } from "./mergeChange.ts";
import { compareStamps } from "./record.ts";
import type { FieldState, PlatformRecord, RecordChange } from "./record.ts";
import { change } from "./testing/changes.ts";

type Merge = (record: PlatformRecord | null, one: RecordChange) => PlatformRecord | null;

const merge: Merge = (record, one) => mergeChange(record, one, "internal").record;

/** Few values, times and versions, so that most changes meet and tie. */
const fields = fc.dictionary(
  fc.constantFrom("city", "phone", "categories/1"),
  fc.constantFrom<FieldValue>(null, "a", "b", true),
  { maxKeys: 3 },
);
const times = fc.constantFrom(1000, 2000, 3000);
const versions = fc.constantFrom(null, 7, 8);
const content = fc.tuple(times, versions, fc.option(fields, { freq: 12, nil: null }));
const events = fc
  .array(content, { minLength: 2, maxLength: 6 })
  .map((all) =>
    all.map(([time, rowVersion, said], i) => change(`e${i}`, time, {}, { rowVersion, fields: said })),
  );

/** The events in two orders of arrival, each with repetitions. */
const arrivals = events.chain((all) => {
  const order = fc.array(fc.constantFrom(...all), { maxLength: 6 }).chain((again) => {
    const sequence = [...all, ...again];
    return fc.shuffledSubarray(sequence, { minLength: sequence.length });
  });
  return fc.tuple(order, order);
});

/** What has to be the same: values with their stamps, and the deletion. The rest remembers the order of arrival. */
function visible(record: PlatformRecord | null): unknown {
  if (record === null) return null;
  const states = Object.entries(record.fields).map(([field, { value, time, rowVersion, eventId }]) => {
    return [field, { value, time, rowVersion, eventId }] as const;
  });
  return { deleted: record.deleted, fields: Object.fromEntries(states) };
}

/** Looks for two orders of arrival that leave different records. */
function search(variant: Merge) {
  const property = fc.property(arrivals, ([one, other]) => {
    const [left, right] = [one, other].map((sequence) => visible(sequence.reduce(variant, null)));
    expect(left).toEqual(right);
  });
  return fc.check(property, { numRuns: 4000, seed: 20_260_101 });
}

/** Merges a change as the real function does, but with fields decided by `wins`. */
function variant(wins: (one: RecordChange, current: FieldState, record: PlatformRecord) => boolean): Merge {
  return (record, one) => {
    if (one.fields === null || record === null || record.deleted) return merge(record, one);
    const states = { ...record.fields };
    for (const [field, value] of Object.entries(one.fields)) {
      const current = states[field];
      if (current && !wins(one, current, record)) continue;
      const { time, rowVersion, eventId } = one;
      states[field] = { value, previous: null, time, rowVersion, eventId };
    }
    return { ...record, fields: states };
  };
}

const wrong: [string, Merge][] = [
  ["the last to arrive wins", variant(() => true)],
  ["ties are not broken by the event id", variant((one, current) => one.time >= current.time)],
  ["the row version is not compared", variant((one, current) => one.time > current.time)],
  [
    "records are compared, not fields",
    variant((one, _, record) =>
      Object.values(record.fields).every((state) => compareStamps(one, state) >= 0),
    ),
  ],
  [
    "a repeated value does not advance the stamp",
    (record, one) => {
      if (one.fields === null) return merge(record, one);
      const said = Object.entries(one.fields).filter(([field, value]) => {
        const current = record?.fields[field];
        return current === undefined || !sameValue(current.value, value);
      });
      return merge(record, { ...one, fields: Object.fromEntries(said) });
    },
  ],
  ["a deletion removes the row", (record, one) => (one.fields === null ? null : merge(record, one))],
  [
    "a later change brings a deleted record back",
    (record, one) => merge(record?.deleted && compareStamps(one, record.deleted) > 0 ? null : record, one),
  ],
];

describe("convergence", () => {
  it("leaves the same record after any order and repetition of changes", () => {
    const result = search(merge);
    expect(fc.defaultReportMessage(result)).toBeUndefined();
    expect(result.numRuns).toBe(4000);
  });

  it("comes to the same outcome and changes when the last change is delivered again", () => {
    const repeated = fc.property(events, (all) => {
      let record: PlatformRecord | null = null;
      for (const one of all) {
        const first = mergeChange(record, one, "internal");
        expect(mergeChange(first.record, one, "internal")).toEqual({ ...first, written: false });
        record = first.record;
      }
    });
    expect(fc.check(repeated, { numRuns: 3000 })).toMatchObject({ failed: false });
  });

  it.each(wrong)("would not hold if %s", (_name, broken) => {
    expect(search(broken).failed).toBe(true);
  });
});
