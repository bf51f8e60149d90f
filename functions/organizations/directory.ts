import type { Clock } from "../platform/clock.ts";
import type { OrganizationStore } from "./store.ts";
import type { StoredOrganization } from "./storedOrganization.ts";

/**
 * The organizations as this process knows them, so that a webhook costs no storage read. A copy is used for
 * at most 30 s, hence a revoked key is dead within 30 s. While storage cannot be reached the old copy goes
 * on being used: a key that could be revoked meanwhile would be written to the same storage.
 */
export interface Directory {
  /** All organizations. Throws only when none were ever read and storage cannot be reached. */
  all(): Promise<StoredOrganization[]>;
  /** One organization, or null. One that is not known is looked for again, at most once a second. */
  find(id: string): Promise<StoredOrganization | null>;
  /** Reads again, at most once a second: for a key that this copy does not know. Null when nothing newer could be read. */
  findFresh(id: string): Promise<StoredOrganization | null>;
  /** Forgets the copy after a change of our own. */
  forget(): void;
}

const maxAge = 30_000;
/** A copy older than this is renewed in the background while it still serves. */
const renewAge = 15_000;
const missInterval = 1_000;

export function createDirectory(store: Pick<OrganizationStore, "list">, clock: Clock): Directory {
  let copy: { byId: Map<string, StoredOrganization>; readAt: number } | null = null;
  let reading: Promise<void> | null = null;
  let generation = 0;
  let triedAt = Number.NEGATIVE_INFINITY;

  /** Reads the directory; concurrent callers share one read. */
  function read(): Promise<void> {
    triedAt = clock();
    const startedIn = generation;
    reading ??= store
      .list()
      .then((organizations) => {
        const byId = new Map(organizations.map((organization) => [organization.id, organization]));
        copy = { byId, readAt: startedIn === generation ? triedAt : Number.NEGATIVE_INFINITY };
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  }

  async function current(): Promise<Map<string, StoredOrganization>> {
    const age = copy ? clock() - copy.readAt : Number.POSITIVE_INFINITY;
    if (copy && age < renewAge) return copy.byId;
    if (copy && age < maxAge) {
      if (clock() - triedAt >= missInterval) read().catch(() => {});
      return copy.byId;
    }
    if (copy && clock() - triedAt < missInterval && !reading) return copy.byId;
    try {
      await read();
    } catch (error) {
      if (!copy) throw error;
    }
    return (copy as NonNullable<typeof copy>).byId;
  }

  async function findFresh(id: string): Promise<StoredOrganization | null> {
    if (reading || clock() - triedAt >= missInterval) await read().catch(() => {});
    return copy?.byId.get(id) ?? null;
  }

  return {
    all: async () => [...(await current()).values()],
    async find(id) {
      return (await current()).get(id) ?? findFresh(id);
    },
    findFresh,
    forget() {
      generation++;
      if (copy) copy.readAt = Number.NEGATIVE_INFINITY;
      triedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
