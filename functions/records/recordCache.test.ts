import { describe, expect, it } from "vitest";
import { mergeChange } from "./mergeChange.ts";
import { createRecordCache } from "./recordCache.ts";
import type { Snapshot } from "./recordRow.ts";
import { change } from "./testing/changes.ts";

function snapshot(size: number): Snapshot {
  return { record: mergeChange(null, change("e1", 1, {}), "internal").record, etag: "1", size };
}

describe("createRecordCache", () => {
  it("forgets what was not used for longest when there are too many", () => {
    const cache = createRecordCache({ records: 2 });
    cache.set("a", snapshot(1));
    cache.set("b", snapshot(1));
    cache.get("a");
    cache.set("c", snapshot(1));
    expect(["a", "b", "c"].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
  });

  it("forgets when all together are too large, and counts what replaced another once", () => {
    const cache = createRecordCache({ characters: 100 });
    for (let i = 0; i < 5; i++) cache.set("a", snapshot(40));
    cache.set("b", snapshot(60));
    expect(cache.get("a")).toBeDefined();
    cache.set("c", snapshot(30));
    expect(["a", "b", "c"].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
    cache.set("huge", snapshot(101));
    expect(cache.get("huge")).toBeUndefined();
  });
});
