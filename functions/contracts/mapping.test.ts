import { describe, expect, it } from "vitest";
import { fieldMapping, maxFields, maxFieldsInAll, maxTables, newMapping } from "./mapping.ts";

/** A name as long as those of Dynamics get. */
const name = (number: number) => `n${number}`.padEnd(50, "_");
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

function draft(tables: number, fields: number, links = 0) {
  const mappings = numbers(tables).map((table) => ({
    ...{ kind: "notification", table: name(table), idColumn: name(0), entitySet: name(0) },
    fields: numbers(fields).map((field) => ({
      ...{ field: name(field), column: name(field), type: "reference", required: true },
    })),
    links: numbers(links).map((link) => ({ relationship: name(link), field: name(link) })),
  }));
  return { mappings };
}

/** What is wrong with a draft, as it is said to a person. */
const faults = (body: object) => newMapping.safeParse(body).error?.issues.map(({ message }) => message);

describe("the size of a mapping", () => {
  it("is limited for a table and for all of them, in words", () => {
    const each = maxFieldsInAll / maxTables;
    for (const fits of [draft(3, maxFields), draft(maxTables, each), draft(maxTables, each - 1, 1)])
      expect(faults(fits)).toBeUndefined();
    for (const tooMany of [draft(4, maxFields), draft(maxTables, each, 1), draft(1, 0, maxFieldsInAll + 1)])
      expect(faults(tooMany)).toEqual(["All tables together can have at most 300 fields and links."]);
    expect(faults(draft(1, maxFields + 1))).toEqual(["A table can have at most 100 fields."]);
    expect(faults(draft(maxTables + 1, 1))).toEqual(["At most 50 tables can be mapped."]);
  });

  it("at its limit fits into a request of 64 KiB", () => {
    const largest = draft(maxTables, maxFieldsInAll / maxTables);
    expect(Buffer.byteLength(JSON.stringify(largest))).toBeLessThan(65_536);
  });
});

it("a default has at most 200 characters", () => {
  const field = { field: "a", column: "b", type: "text" };
  expect(fieldMapping.safeParse({ ...field, default: "x".repeat(200) }).success).toBe(true);
  const { error } = fieldMapping.safeParse({ ...field, default: "x".repeat(201) });
  expect(error?.issues[0]?.message).toBe("A default can have at most 200 characters.");
});

it("a relationship is linked once, with or without capitals", () => {
  const [table] = draft(1, 0, 2).mappings;
  const again = { relationship: name(1).toUpperCase(), field: "others" };
  expect(faults({ mappings: [table] })).toBeUndefined();
  expect(faults({ mappings: [{ ...table, links: [...(table?.links ?? []), again] }] })).toEqual([
    `Relationship ${name(1)} is there twice: a relationship can become one field.`,
  ]);
});
