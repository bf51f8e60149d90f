import { randomUUID } from "node:crypto";
import { realSleep } from "../platform/sleep.ts";
import type { Sleep } from "../platform/sleep.ts";
import type { Table } from "../platform/storage/table.ts";
import { createCounterRowsByPartition } from "./counterRows.ts";
import { createGroupCommit } from "./groupCommit.ts";
import { commitRejections } from "./rejectionCommit.ts";
import type { Rejection } from "./rejection.ts";
import { rejectionPartition } from "./rejection.ts";

/** Most rejections of one commit: with a detail row each they leave room for the counter rows. */
const maxGroup = 80;

/** What a recorder stands on. All but the table have defaults for production. */
interface RejectionRecorderOptions {
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

/** Makes the recorder of rejections of this process. */
export function createRejectionRecorder(options: RejectionRecorderOptions): RejectionRecorder {
  const { table, random = Math.random, sleep = realSleep, shards } = options;
  const newId = options.newId ?? randomUUID;
  const writer = newId();
  const countersOf = createCounterRowsByPartition({ table, shards, random });
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
