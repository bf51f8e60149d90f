import type { MappingSet } from "../contracts/mapping.ts";
import type { Clock } from "../platform/clock.ts";
import { settledWithin } from "../platform/settledWithin.ts";
import type { MappingStore } from "./mappingStore.ts";

/**
 * The mappings as this process knows them, so that a batch of events costs no storage read. A copy is used for at
 * most 30 s, hence a new version is used everywhere within 30 s. While storage does not answer the old copy goes on
 * being used.
 */
export interface Mappings {
  /** The mappings of an organization. Rejects only when they were never read and storage cannot be reached. */
  of(organizationId: string): Promise<MappingSet>;
  /**
   * Forgets the copy, so that the next caller reads: after a change of our own, and before events are replayed, often
   * because a version was saved a moment ago in another process.
   */
  forget(organizationId: string): void;
}

const maxAge = 30_000;
/** A copy older than this is renewed in the background while it still serves. */
const renewAge = 15_000;
/** Between two reads of one organization, and the time that a caller waits for one when there is a copy to fall back on. */
const patience = 1_000;

/** What is known of one organization. Times are milliseconds since 1970 UTC. */
interface Entry {
  copy: { set: MappingSet; readAt: number } | null;
  reading: Promise<void> | null;
  triedAt: number;
}

export function createMappings(store: Pick<MappingStore, "newest">, clock: Clock): Mappings {
  const entries = new Map<string, Entry>();

  /** Reads an organization's mappings; concurrent callers share one read. */
  function read(organizationId: string, entry: Entry): Promise<void> {
    return (entry.reading ??= renew(organizationId, entry));
  }

  async function renew(organizationId: string, entry: Entry): Promise<void> {
    const startedAt = clock();
    entry.triedAt = startedAt;
    try {
      const { mappings } = await store.newest(organizationId);
      entry.copy = { set: mappings, readAt: startedAt };
    } finally {
      entry.reading = null;
    }
  }

  return {
    async of(organizationId) {
      const entry = entries.get(organizationId) ?? { copy: null, reading: null, triedAt: 0 };
      entries.set(organizationId, entry);
      if (!entry.copy) await read(organizationId, entry);
      if (!entry.copy) throw new Error("The mappings were read and are not there.");
      const age = clock() - entry.copy.readAt;
      if (age < renewAge || (!entry.reading && clock() - entry.triedAt < patience)) return entry.copy.set;
      const doneOrLate = settledWithin(read(organizationId, entry), patience);
      if (age >= maxAge) await doneOrLate;
      return entry.copy.set;
    },
    forget(organizationId) {
      // A read that is under way goes on into the entry that nobody looks at any more.
      entries.delete(organizationId);
    },
  };
}
