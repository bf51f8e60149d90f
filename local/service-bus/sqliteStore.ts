import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { createSqliteQueueStore } from "./sqliteQueueStore.ts";
import type { QueueStore } from "./queue/store.ts";
import { memoryStore } from "./queue/store.ts";
import type { Turn } from "./turn.ts";

/** Where the broker keeps its queues. */
export type Store = {
  /** The part of one queue; it makes each change by way of `write`. */
  queue: (name: string, write: Turn["write"]) => QueueStore;
  begin: () => void;
  commit: () => void;
  close: () => void;
};

/** Raised whenever the tables change: a file of another version is refused, never guessed at. */
const SCHEMA_VERSION = 1;

/**
 * Opens the store: ":memory:" keeps nothing, anything else is the path of an SQLite file. What was committed
 * survives the death of the process; a power cut may lose the last moments (synchronous=NORMAL).
 */
export function openStore(path: string): Store {
  if (path === ":memory:") {
    return { queue: () => memoryStore, begin: () => {}, commit: () => {}, close: () => {} };
  }
  const database = openDatabase(resolve(path));
  return {
    queue: (name, write) => createSqliteQueueStore(database, name, write),
    begin: () => database.exec("BEGIN IMMEDIATE"),
    commit: () => database.exec("COMMIT"),
    close: () => database.close(),
  };
}

function openDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    const { user_version: version } = database.prepare("PRAGMA user_version").get() as {
      user_version: number;
    };
    if (version !== 0 && version !== SCHEMA_VERSION) {
      throw new Error(`it was written by another version (${version}); delete it to start afresh`);
    }
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    return database;
  } catch (error) {
    database.close();
    const busy = error instanceof Error && error.message.includes("locked");
    const why = busy ? "another broker is using it; stop that one first" : String(error);
    throw new Error(`The Service Bus store ${file} cannot be opened: ${why}.`, { cause: error });
  }
}
