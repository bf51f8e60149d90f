import { randomUUID } from "node:crypto";
import type { Table } from "../platform/storage/table.ts";
import { createCounterRows } from "./counter-rows.ts";
import type { CounterRows } from "./counter-rows.ts";
import { createGroupCommit } from "./group-commit.ts";
import { realSleep } from "./pace.ts";
import type { Sleep } from "./pace.ts";
import { commitRejections } from "./rejection-commit.ts";
import type { Rejection } from "./rejection.ts";
import { rejectionPartition } from "./rejection.ts";

const defaultShards = 4;

/** Most rejections of one commit: with a detail row each they leave room for the counter rows. */
const maxGroup = 80;

export interface RejectionRecorderOptions {
  /** The table `SyncLog`. */
  table: Table;
  /** 0 ≤ number < 1: picks shards and spreads waits. */
  random?: () => number;
  sleep?: Sleep;
  /** 1 to 8, as for events. */
  shards?: number;
  /** A new id with every call; never the same in two processes. */
  newId?: () => string;
}

/** Counts refused requests. One for the whole process: its callers share transactions. */
export interface RejectionRecorder {
  /**
   * Counts one rejection, exactly once, and keeps its detail unless there are many of its kind in the hour.
   * When it throws, the rejection may or may not have been counted.
   */
  reject(rejection: Rejection): Promise<void>;
}

export function createRejectionRecorder(options: RejectionRecorderOptions): RejectionRecorder {
  const { table, random = Math.random, sleep = realSleep, shards = defaultShards } = options;
  const newId = options.newId ?? randomUUID;
  const writer = newId();
  const counters = new Map<string, CounterRows>();

  function countersOf(partitionKey: string): CounterRows {
    const known = counters.get(partitionKey);
    if (known) return known;
    const rows = createCounterRows({ table, partitionKey, shards, random });
    counters.set(partitionKey, rows);
    return rows;
  }

  const groups = createGroupCommit<Rejection, void>({
    take: () => maxGroup,
    commit: async (partitionKey, rejections) => {
      const log = { table, partitionKey, counters: countersOf(partitionKey), writer, newId, random, sleep };
      await commitRejections(log, rejections);
      return [];
    },
  });

  return {
    reject: (rejection) => groups.add(rejectionPartition(rejection.organizationId), rejection),
  };
}
