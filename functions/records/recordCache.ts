import type { Snapshot } from "./recordRow.ts";

/** The records that were read or written last, by partition and row key. */
export interface RecordCache {
  get(key: string): Snapshot | undefined;
  set(key: string, snapshot: Snapshot): void;
  delete(key: string): void;
}

/** Bounds of a cache. */
interface CacheLimits {
  /** Most records, 20,000 unless told. */
  records?: number;
  /** Most characters of all together, 20 million (about 40 MB) unless told. */
  characters?: number;
}

/** A cache bounded in number and size; what was not used for longest goes first. */
export function createRecordCache({
  records = 20_000,
  characters = 20_000_000,
}: CacheLimits = {}): RecordCache {
  const entries = new Map<string, Snapshot>();
  let total = 0;

  function remove(key: string): void {
    total -= entries.get(key)?.size ?? 0;
    entries.delete(key);
  }

  return {
    get(key) {
      const found = entries.get(key);
      if (found) {
        entries.delete(key);
        entries.set(key, found);
      }
      return found;
    },
    set(key, snapshot) {
      remove(key);
      entries.set(key, snapshot);
      total += snapshot.size;
      for (const oldest of entries.keys()) {
        if (entries.size <= records && total <= characters) return;
        remove(oldest);
      }
    },
    delete: remove,
  };
}
