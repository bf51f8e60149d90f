import type { Clock } from "../../platform/clock.ts";
import { invertedTime } from "../../platform/storage/invertedTime.ts";
import { readRange } from "../../platform/storage/readRange.ts";
import { StorageFault } from "../../platform/storage/table.ts";
import type { Table, Write } from "../../platform/storage/table.ts";
import {
  activeKey,
  activePrefix,
  fromItemRow,
  fromReplayRow,
  hasEnded,
  itemPrefix,
  newReplayId,
  replayKey,
  replayPrefix,
  toItemRow,
  toReplayRow,
} from "./replayRows.ts";
import type { Progress, StoredItem, StoredReplay } from "./replayRows.ts";

/** What starts a replay. */
export type NewReplay = Pick<StoredReplay, "organizationId" | "kind" | "selection" | "startedBy">;

/** What one step came to: what it changes of the replay, and the events that it found or ran. */
export interface Step {
  progress: Partial<Omit<Progress, "step" | "failures" | "updatedAt">>;
  items: readonly StoredItem[];
}

/** The table `Replays`. All throw `StorageFault`. */
export interface ReplayStore {
  create(replay: NewReplay): Promise<StoredReplay>;
  get(organizationId: string, replayId: string): Promise<StoredReplay | null>;
  /** The last replays, newest first. One request. */
  list(organizationId: string, limit: number): Promise<StoredReplay[]>;
  /** Replays that have not ended, oldest first: the first one is the one that runs. */
  active(organizationId: string): Promise<StoredReplay[]>;
  /** Up to `limit` events of a replay, in their order, those after `cursor`; only those up to `last` when it is given. */
  items(
    replay: Pick<StoredReplay, "organizationId" | "replayId">,
    options: { cursor: string | null; last?: string; limit: number },
  ): Promise<StoredItem[]>;
  /**
   * Stores a step, all of it or nothing, and only if the replay stands where the step began. Returns the replay as it
   * is then: also when another worker stored the same step first. A wish to stop that came meanwhile is kept, and a
   * replay that was ended beside its step stays ended, with what the step did.
   */
  commit(replay: StoredReplay, step: Step): Promise<StoredReplay>;
  /** Ends a replay as stopped. Returns it as it is then: one that has moved on meanwhile or ended stays as it is. */
  stopNow(replay: StoredReplay, reason: StoredReplay["reason"]): Promise<StoredReplay>;
  /**
   * Counts a failure of the step at which the replay stands, and ends it as stopped when there were `most` of them
   * without progress. Returns the replay as it is then: one that has moved on meanwhile stays as it is.
   */
  fail(replay: StoredReplay, most: number): Promise<StoredReplay>;
  /** Asks a replay to stop after its present step. One that has ended stays as it is. */
  stop(replay: StoredReplay): Promise<StoredReplay>;
  /** Removes replays that were started before a time (milliseconds since 1970 UTC), some at a time. May be interrupted and repeated. */
  removeBefore(organizationId: string, time: number): Promise<void>;
}

/** Replays that are removed at a time. */
const mostRemoved = 50;
/** Tries at a write that meets others' writes or gets no answer. */
const mostTries = 8;

export function createReplayStore({ table, clock }: { table: Table; clock: Clock }): ReplayStore {
  async function get(organizationId: string, replayId: string): Promise<StoredReplay | null> {
    const row = await table.get(organizationId, replayKey(replayId));
    return row && fromReplayRow(row);
  }

  /** Writes what `change` makes of the replay as it stands; null of it changes nothing. */
  async function write(
    replay: StoredReplay,
    change: (present: StoredReplay) => { next: StoredReplay; items: readonly StoredItem[] } | null,
  ): Promise<StoredReplay> {
    let present = replay;
    for (let tries = 1; ; tries += 1) {
      const changed = change(present);
      if (!changed) return present;
      const next = { ...changed.next, updatedAt: clock() };
      const { etag, ...columns } = next;
      const { organizationId: partitionKey } = next;
      const writes: Write[] = [
        { kind: "replace", row: toReplayRow(columns), etag: present.etag },
        ...changed.items.map((item): Write => ({ kind: "upsert", row: toItemRow(next, item) })),
      ];
      if (hasEnded(next) && !hasEnded(present))
        writes.push({ kind: "delete", row: { partitionKey, rowKey: activeKey(next) } });
      try {
        const [newEtag = etag] = await table.submit(writes);
        return { ...next, etag: newEtag };
      } catch (error) {
        const passing =
          error instanceof StorageFault && (error.kind === "conflict" || error.kind === "ambiguous");
        if (!passing || tries >= mostTries) throw error;
        const read = await get(replay.organizationId, replay.replayId);
        if (!read) throw error;
        present = read;
      }
    }
  }

  async function remove(partitionKey: string, keys: readonly string[]): Promise<void> {
    await table.submit(keys.map((rowKey) => ({ kind: "delete", row: { partitionKey, rowKey } })));
  }

  async function removeItems(partitionKey: string, replayId: string): Promise<void> {
    const prefix = itemPrefix(replayId);
    for (;;) {
      const range = { partitionKey, from: prefix, to: endOf(prefix), select: ["attempt"] };
      const found = await readRange(table, range, 100);
      if (found.length === 0) return;
      await remove(
        partitionKey,
        found.map(({ rowKey }) => rowKey),
      );
    }
  }

  return {
    get,
    async create(wanted) {
      const startedAt = clock();
      const replay = {
        ...wanted,
        ...{ replayId: newReplayId(startedAt), startedAt, updatedAt: startedAt, endedAt: null },
        ...{ state: "collecting" as const, step: 0, pass: 1, cursor: null, ran: null, total: 0, done: 0 },
        outcomes: { success: 0, error: 0, skipped: 0 },
        ...{ failures: 0, reason: null },
      };
      const { organizationId: partitionKey, replayId } = replay;
      try {
        const [etag = ""] = await table.submit([
          { kind: "create", row: toReplayRow(replay) },
          { kind: "create", row: { partitionKey, rowKey: activeKey(replay), replayId } },
        ]);
        return { ...replay, etag };
      } catch (error) {
        // Its id is random: one that is there now is this one, and only the answer was lost.
        const created = await get(partitionKey, replayId);
        if (!created) throw error;
        return created;
      }
    },
    async list(organizationId, limit) {
      const range = { partitionKey: organizationId, from: replayPrefix, to: endOf(replayPrefix) };
      return (await readRange(table, range, limit)).map(fromReplayRow);
    },
    async active(organizationId) {
      const found = await readRange(table, {
        partitionKey: organizationId,
        from: activePrefix,
        to: endOf(activePrefix),
      });
      const replays = await Promise.all(found.map((row) => get(organizationId, String(row["replayId"]))));
      return replays.filter((replay) => replay !== null && !hasEnded(replay)) as StoredReplay[];
    },
    async items({ organizationId, replayId }, { cursor, last, limit }) {
      const prefix = itemPrefix(replayId);
      const from = cursor === null ? prefix : `${prefix}${cursor}!`;
      const to = last === undefined ? endOf(prefix) : `${prefix}${last}!`;
      if (from >= to) return [];
      return (await readRange(table, { partitionKey: organizationId, from, to }, limit)).map(fromItemRow);
    },
    commit(replay, { progress, items }) {
      return write(replay, (present) => {
        if (present.step !== replay.step) return null;
        const { state, reason, endedAt } = present;
        const next = { ...present, ...progress, step: present.step + 1, failures: 0 };
        if (hasEnded(present)) return { next: { ...next, state, reason, endedAt }, items };
        if (state === "stopping" && !hasEnded(next)) next.state = "stopping";
        return { next, items };
      });
    },
    stopNow(replay, reason) {
      return write(replay, (present) => {
        if (present.step !== replay.step || hasEnded(present)) return null;
        return { next: { ...present, state: "stopped", reason, endedAt: clock() }, items: [] };
      });
    },
    fail(replay, most) {
      return write(replay, (present) => {
        if (present.step !== replay.step || hasEnded(present)) return null;
        const failures = present.failures + 1;
        const counted = { ...present, failures };
        if (failures < most) return { next: counted, items: [] };
        return { next: { ...counted, state: "stopped", reason: "failed", endedAt: clock() }, items: [] };
      });
    },
    stop(replay) {
      return write(replay, (present) =>
        hasEnded(present) || present.state === "stopping"
          ? null
          : { next: { ...present, state: "stopping" }, items: [] },
      );
    },
    async removeBefore(organizationId, time) {
      const oldest = { from: replayKey(invertedTime(time - 1)), to: endOf(replayPrefix) };
      const replays = await readRange(table, { partitionKey: organizationId, ...oldest }, mostRemoved);
      for (const { replayId } of replays.map(fromReplayRow).filter(hasEnded)) {
        await removeItems(organizationId, replayId);
        await remove(organizationId, [replayKey(replayId)]);
      }
    },
  };
}

function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}}`;
}
