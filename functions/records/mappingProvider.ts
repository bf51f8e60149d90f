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
   * Reads the mappings anew, so that `of` gives nothing older: before events are replayed, often because a version was
   * saved a moment ago in another process. Rejects when storage cannot be reached; the copy goes on serving others then.
   */
  renew(organizationId: string): Promise<void>;
  /** Forgets the copy, so that the next caller reads: after a change of our own. */
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

  function entryOf(organizationId: string): Entry {
    const entry = entries.get(organizationId) ?? { copy: null, reading: null, triedAt: 0 };
    entries.set(organizationId, entry);
    return entry;
  }

  /** Reads an organization's mappings; concurrent callers share one read. */
  function read(organizationId: string, entry: Entry): Promise<void> {
    return (entry.reading ??= readAnew(organizationId, entry).finally(() => {
      entry.reading = null;
    }));
  }

  async function readAnew(organizationId: string, entry: Entry): Promise<void> {
    const startedAt = clock();
    entry.triedAt = startedAt;
    const { mappings } = await store.newest(organizationId);
    // A read that began later may have ended before this one.
    if (!entry.copy || entry.copy.readAt <= startedAt) entry.copy = { set: mappings, readAt: startedAt };
  }

  return {
    async of(organizationId) {
      const entry = entryOf(organizationId);
      if (!entry.copy) await read(organizationId, entry);
      if (!entry.copy) throw new Error("The mappings were read and are not there.");
      const age = clock() - entry.copy.readAt;
      if (age < renewAge || (!entry.reading && clock() - entry.triedAt < patience)) return entry.copy.set;
      const doneOrLate = settledWithin(read(organizationId, entry), patience);
      if (age >= maxAge) await doneOrLate;
      return entry.copy.set;
    },
    renew(organizationId) {
      return readAnew(organizationId, entryOf(organizationId));
    },
    forget(organizationId) {
      // A read that is under way goes on into the entry that nobody looks at any more.
      entries.delete(organizationId);
    },
  };
}
