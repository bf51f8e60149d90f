import { DatabaseSync } from "node:sqlite";
import type { Value } from "./columns.ts";

/** A row as it is kept. `version` rises with every write anywhere in the environment. */
export type Row = { table: string; id: string; version: number; values: Record<string, Value> };

/** A row that no longer exists, for change tracking. */
type Deletion = { id: string; version: number };

/** A webhook request that still has to be sent, with the body as built when the row was written. */
type PendingJob = { id: string; job: string };

/** The database of all environments. One file, or `:memory:`. */
export type Store = {
  environment: (id: string) => EnvironmentStore;
  close: () => void;
};

/** The rows, links and waiting deliveries of one environment. */
export type EnvironmentStore = {
  /** Runs `work` in one transaction: all of its writes, or none. */
  transaction: <Result>(work: () => Result) => Result;
  /** The version of the newest write. */
  version: () => number;
  nextVersion: () => number;
  row: (table: string, id: string) => Row | undefined;
  rows: (table: string) => Row[];
  /** Rows written after `version`, oldest write first. */
  rowsSince: (table: string, version: number) => Row[];
  put: (row: Row) => void;
  /** Removes a row and remembers that it was there. */
  remove: (table: string, id: string, version: number) => void;
  deletionsSince: (table: string, version: number) => Deletion[];
  /** The ids at the other end of a many-to-many relationship. */
  linked: (relationship: string, side: "first" | "second", id: string) => string[];
  link: (relationship: string, first: string, second: string) => boolean;
  unlink: (relationship: string, first: string, second: string) => boolean;
  unlinkAll: (relationship: string, side: "first" | "second", id: string) => void;
  addJob: (job: PendingJob) => void;
  jobs: () => PendingJob[];
  finishJob: (id: string) => void;
  setting: (name: string) => string | undefined;
  setSetting: (name: string, value: string) => void;
};

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS rows (
    environment TEXT, tableName TEXT, id TEXT, version INTEGER, content TEXT,
    PRIMARY KEY (environment, tableName, id)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS rowsByVersion ON rows (environment, tableName, version);
  CREATE TABLE IF NOT EXISTS deletions (
    environment TEXT, tableName TEXT, id TEXT, version INTEGER,
    PRIMARY KEY (environment, tableName, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS links (
    environment TEXT, relationship TEXT, first TEXT, second TEXT,
    PRIMARY KEY (environment, relationship, first, second)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS jobs (
    position INTEGER PRIMARY KEY AUTOINCREMENT, environment TEXT, id TEXT UNIQUE, job TEXT);
  CREATE TABLE IF NOT EXISTS settings (
    environment TEXT, name TEXT, value TEXT, PRIMARY KEY (environment, name)) WITHOUT ROWID;
`;

/** Opens the database, creating it where there is none. A write that was answered survives the process's death. */
export function openStore(path: string): Store {
  const db = new DatabaseSync(path);
  db.exec(SCHEMA);
  return { environment: (id) => environmentStore(db, id), close: () => db.close() };
}

function environmentStore(db: DatabaseSync, env: string): EnvironmentStore {
  const sql = {
    row: db.prepare("SELECT * FROM rows WHERE environment = ? AND tableName = ? AND id = ?"),
    rows: db.prepare(
      "SELECT * FROM rows WHERE environment = ? AND tableName = ? AND version > ? ORDER BY version",
    ),
    put: db.prepare("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?)"),
    remove: db.prepare("DELETE FROM rows WHERE environment = ? AND tableName = ? AND id = ?"),
    bury: db.prepare("INSERT OR REPLACE INTO deletions VALUES (?, ?, ?, ?)"),
    unbury: db.prepare("DELETE FROM deletions WHERE environment = ? AND tableName = ? AND id = ?"),
    deletions: db.prepare(
      "SELECT id, version FROM deletions WHERE environment = ? AND tableName = ? AND version > ? ORDER BY version",
    ),
    linkedToFirst: db.prepare(
      "SELECT second AS id FROM links WHERE environment = ? AND relationship = ? AND first = ? ORDER BY second",
    ),
    linkedToSecond: db.prepare(
      "SELECT first AS id FROM links WHERE environment = ? AND relationship = ? AND second = ? ORDER BY first",
    ),
    link: db.prepare("INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?)"),
    unlink: db.prepare(
      "DELETE FROM links WHERE environment = ? AND relationship = ? AND first = ? AND second = ?",
    ),
    unlinkFirst: db.prepare("DELETE FROM links WHERE environment = ? AND relationship = ? AND first = ?"),
    unlinkSecond: db.prepare("DELETE FROM links WHERE environment = ? AND relationship = ? AND second = ?"),
    addJob: db.prepare("INSERT INTO jobs (environment, id, job) VALUES (?, ?, ?)"),
    jobs: db.prepare("SELECT id, job FROM jobs WHERE environment = ? ORDER BY position"),
    finishJob: db.prepare("DELETE FROM jobs WHERE id = ?"),
    setting: db.prepare("SELECT value FROM settings WHERE environment = ? AND name = ?"),
    setSetting: db.prepare("INSERT OR REPLACE INTO settings VALUES (?, ?, ?)"),
  };

  const setting = (name: string) => sql.setting.get(env, name)?.["value"]?.toString();
  let version = Number(setting("version") ?? 1_000_000);

  return {
    transaction: (work) => inTransaction(db, work),
    version: () => version,
    nextVersion: () => {
      version += 1;
      sql.setSetting.run(env, "version", String(version));
      return version;
    },
    row: (table, id) => {
      const found = sql.row.get(env, table, id.toLowerCase());
      return found ? toRow(found) : undefined;
    },
    rows: (table) => sql.rows.all(env, table, -1).map(toRow),
    rowsSince: (table, since) => sql.rows.all(env, table, since).map(toRow),
    put: (row) => {
      sql.put.run(env, row.table, row.id, row.version, JSON.stringify(row.values));
      sql.unbury.run(env, row.table, row.id);
    },
    remove: (table, id, at) => {
      sql.remove.run(env, table, id);
      sql.bury.run(env, table, id, at);
    },
    deletionsSince: (table, since) =>
      sql.deletions
        .all(env, table, since)
        .map(({ id, version }) => ({ id: String(id), version: Number(version) })),
    linked: (relationship, side, id) =>
      (side === "first" ? sql.linkedToFirst : sql.linkedToSecond)
        .all(env, relationship, id)
        .map((row) => String(row["id"])),
    link: (relationship, first, second) => sql.link.run(env, relationship, first, second).changes === 1,
    unlink: (relationship, first, second) => sql.unlink.run(env, relationship, first, second).changes === 1,
    unlinkAll: (relationship, side, id) => {
      (side === "first" ? sql.unlinkFirst : sql.unlinkSecond).run(env, relationship, id);
    },
    addJob: ({ id, job }) => void sql.addJob.run(env, id, job),
    jobs: () => sql.jobs.all(env).map(({ id, job }) => ({ id: String(id), job: String(job) })),
    finishJob: (id) => void sql.finishJob.run(id),
    setting,
    setSetting: (name, value) => void sql.setSetting.run(env, name, value),
  };
}

/** A transaction inside another one joins it. */
function inTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
  if (db.isTransaction) return work();
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}

function toRow(record: Record<string, unknown>): Row {
  return {
    table: String(record["tableName"]),
    id: String(record["id"]),
    version: Number(record["version"]),
    values: JSON.parse(String(record["content"])),
  };
}
