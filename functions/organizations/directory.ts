import type { Clock } from "../platform/clock.ts";
import { settledWithin } from "../platform/settledWithin.ts";
import type { OrganizationStore } from "./store.ts";
import type { StoredOrganization } from "./storedOrganization.ts";

/**
 * The organizations as this process knows them, so that a webhook costs no storage read. A copy is used for
 * at most 30 s, hence a revoked key is dead within 30 s. While storage does not answer, the old copy goes on
 * being used: whoever wanted to revoke a key meanwhile could not do so either.
 */
export interface Directory {
  /** All organizations. Rejects only when none were ever read and storage cannot be reached. */
  all(): Promise<StoredOrganization[]>;
  /** One organization, or null. One that is not known is looked for again, at most once a second. */
  find(id: string): Promise<StoredOrganization | null>;
  /** As `find`, read again unless that was done within the last second: for a key that this copy does not know. */
  findFresh(id: string): Promise<StoredOrganization | null>;
  /** Forgets the copy after a change of our own, so that the next caller sees the change. */
  forget(): void;
}

const maxAge = 30_000;
/** A copy older than this is renewed in the background while it still serves. */
const renewAge = 15_000;
/** Between two reads that callers cause, and the time that a caller waits for one when there is a copy to fall back on. */
const patience = 1_000;

type ById = Map<string, StoredOrganization>;

interface Reading {
  /** Ends with the read, and as it does. */
  done: Promise<void>;
  /** Ends with the read or after a second, whichever is first. Never rejects. */
  doneOrLate: Promise<void>;
}

export function createDirectory(store: Pick<OrganizationStore, "list">, clock: Clock): Directory {
  let copy: { byId: ById; readAt: number } | null = null;
  let reading: Reading | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  /** Changes of our own so far. */
  let changes = 0;

  /** Reads the directory; concurrent callers share one read. */
  function read(): Reading {
    return (reading ??= begin());
  }

  function begin(): Reading {
    triedAt = clock();
    const done = list();
    return { done, doneOrLate: settledWithin(done, patience) };
  }

  async function list(): Promise<void> {
    const startedAt = clock();
    const changesKnown = changes;
    try {
      const organizations = await store.list();
      const isCurrent = changes === changesKnown;
      // A read that set out before a change of our own knows nothing of it: better than nothing, but already old.
      if (copy && !isCurrent) return;
      const byId: ById = new Map(organizations.map((organization) => [organization.id, organization]));
      copy = { byId, readAt: isCurrent ? startedAt : Number.NEGATIVE_INFINITY };
    } finally {
      if (changes === changesKnown) reading = null;
    }
  }

  async function current(): Promise<ById> {
    if (!copy) await read().done;
    if (!copy) throw new Error("The organizations were read and are not there.");
    const age = clock() - copy.readAt;
    if (age < renewAge || (!reading && clock() - triedAt < patience)) return copy.byId;
    const { doneOrLate } = read();
    if (age >= maxAge) await doneOrLate;
    return copy.byId;
  }

  async function findFresh(id: string): Promise<StoredOrganization | null> {
    if (reading || clock() - triedAt >= patience) await read().doneOrLate;
    return copy?.byId.get(id) ?? null;
  }

  return {
    all: async () => [...(await current()).values()],
    async find(id) {
      return (await current()).get(id) ?? findFresh(id);
    },
    findFresh,
    forget() {
      changes += 1;
      if (copy) copy.readAt = Number.NEGATIVE_INFINITY;
      reading = null;
      triedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
