import fc from "fast-check";
import { expect, test } from "vitest";
import { listColumnNames, readList, writeList } from "./listColumns.ts";

const stored = (columns: ReturnType<typeof writeList>) => ({
  partitionKey: "p",
  rowKey: "r",
  etag: "",
  ...columns,
});

test("a list comes back as it was, in columns that Table Storage takes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 50 }),
      fc.nat(3),
      (items, more) => {
        const long = items.flatMap((item) => Array.from({ length: 1 + more * 20 }, () => item));
        const columns = writeList("list", long, 8);
        expect(readList(stored(columns), "list")).toEqual(long);
        for (const column of Object.values(columns)) {
          expect(String(column).length).toBeLessThanOrEqual(32_768);
          expect(String(column).isWellFormed()).toBe(true);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("what does not fit is left out from the end, and a last item can say so", () => {
  const items = Array.from({ length: 100 }, () => "😀".repeat(500));
  const columns = writeList("list", items, 2, (count) => `${count} more`);
  expect(Object.keys(columns)).toEqual(listColumnNames("list", 2));
  const read = readList<string>(stored(columns), "list");
  expect(read.length).toBeGreaterThan(50);
  expect(read.at(-1)).toBe(`${100 - (read.length - 1)} more`);
});
