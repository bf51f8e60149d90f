import type { DatabaseSync, SQLOutputValue } from "node:sqlite";

import type { Message } from "./queue/message.ts";
import type { QueueStore } from "./queue/store.ts";
import type { Turn } from "./turn.ts";

const STATES = ["active", "deferred", "scheduled"] as const;

type Row = Record<string, SQLOutputValue>;

/**
 * The part of one queue in the SQLite file: its own tables, so that a statement needs no queue name and the
 * sequence number is the row id. AUTOINCREMENT never gives out the number of a deleted row again.
 */
export function createSqliteQueueStore(
  database: DatabaseSync,
  queueName: string,
  write: Turn["write"],
): QueueStore {
  const [messages, messageIds, sessions] = ["messages", "messageIds", "sessions"].map(
    (kind) => `"${queueName}/${kind}"`,
  ) as [string, string, string];
  database.exec(`
    CREATE TABLE IF NOT EXISTS ${messages} (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, dead INTEGER NOT NULL DEFAULT 0, state INTEGER NOT NULL,
      messageId TEXT NOT NULL, sessionId TEXT, enqueuedAt INTEGER NOT NULL, expiresAt INTEGER,
      scheduledFor INTEGER, deliveryCount INTEGER NOT NULL, durable INTEGER NOT NULL, priority INTEGER,
      timeToLive INTEGER, annotations BLOB NOT NULL, annotationCount INTEGER NOT NULL, bare BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS ${messageIds} (messageId TEXT NOT NULL, at INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS ${sessions} (sessionId TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID;
  `);

  const insert = database.prepare(
    `INSERT INTO ${messages} (sequence, state, messageId, sessionId, enqueuedAt, expiresAt, scheduledFor,
       deliveryCount, durable, priority, timeToLive, annotations, annotationCount, bare)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE ${messages} SET state = ?, deliveryCount = ?, bare = ? WHERE sequence = ?`,
  );
  const bury = database.prepare(
    `UPDATE ${messages} SET dead = 1, state = 0, expiresAt = NULL, deliveryCount = ?, bare = ? WHERE sequence = ?`,
  );
  const remove = database.prepare(`DELETE FROM ${messages} WHERE sequence = ?`);
  const remember = database.prepare(`INSERT INTO ${messageIds} (messageId, at) VALUES (?, ?)`);
  const forget = database.prepare(
    `DELETE FROM ${messageIds} WHERE rowid <
       coalesce((SELECT rowid FROM ${messageIds} WHERE at > ? ORDER BY rowid LIMIT 1), 9223372036854775807)`,
  );
  const setState = database.prepare(
    `INSERT INTO ${sessions} (sessionId, state) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state`,
  );
  const clearState = database.prepare(`DELETE FROM ${sessions} WHERE sessionId = ?`);

  const lastSequenceNumber = () => {
    const row = database
      // The table keeps the spelling that it was created with; names of queues are not case-sensitive.
      .prepare("SELECT seq FROM sqlite_sequence WHERE name = ? COLLATE NOCASE")
      .get(`${queueName}/messages`);
    return Number(row?.["seq"] ?? 0);
  };

  return {
    insert(message) {
      const { content } = message;
      write(() =>
        insert.run(
          message.sequenceNumber,
          STATES.indexOf(message.state),
          message.messageId,
          message.sessionId ?? null,
          message.enqueuedAt,
          message.expiresAt === Infinity ? null : message.expiresAt,
          message.scheduledFor ?? null,
          message.deliveryCount,
          content.durable ? 1 : 0,
          content.priority ?? null,
          content.timeToLive ?? null,
          content.annotations,
          content.annotationCount,
          content.bare,
        ),
      );
    },
    update(message) {
      const state = STATES.indexOf(message.state);
      write(() => update.run(state, message.deliveryCount, message.content.bare, message.sequenceNumber));
    },
    moveToDeadLetters(message) {
      write(() => bury.run(message.deliveryCount, message.content.bare, message.sequenceNumber));
    },
    remove(sequenceNumber) {
      write(() => remove.run(sequenceNumber));
    },
    remember(messageId, at) {
      write(() => remember.run(messageId, at));
    },
    forgetBefore(time) {
      write(() => forget.run(time));
    },
    setSessionState(sessionId, state) {
      write(() => (state === undefined ? clearState.run(sessionId) : setState.run(sessionId, state)));
    },
    load() {
      const rows = database.prepare(`SELECT * FROM ${messages} ORDER BY sequence`).all();
      const ids = database.prepare(`SELECT messageId, at FROM ${messageIds} ORDER BY rowid`).all();
      const states = database.prepare(`SELECT sessionId, state FROM ${sessions}`).all();
      return {
        lastSequenceNumber: lastSequenceNumber(),
        messages: rows.filter((row) => row["dead"] === 0).map(toMessage),
        deadLetters: rows.filter((row) => row["dead"] === 1).map(toMessage),
        messageIds: ids.map((row) => ({ messageId: String(row["messageId"]), at: Number(row["at"]) })),
        sessionStates: states.map((row) => ({
          sessionId: String(row["sessionId"]),
          state: row["state"] as Uint8Array,
        })),
      };
    },
  };
}

function toMessage(row: Row): Message {
  const optional = (column: string) => (row[column] === null ? undefined : Number(row[column]));
  return {
    sequenceNumber: Number(row["sequence"]),
    state: STATES[Number(row["state"])]!,
    messageId: String(row["messageId"]),
    sessionId: row["sessionId"] === null ? undefined : String(row["sessionId"]),
    enqueuedAt: Number(row["enqueuedAt"]),
    expiresAt: optional("expiresAt") ?? Infinity,
    scheduledFor: optional("scheduledFor"),
    deliveryCount: Number(row["deliveryCount"]),
    content: {
      durable: row["durable"] === 1,
      priority: optional("priority"),
      timeToLive: optional("timeToLive"),
      annotations: row["annotations"] as Uint8Array,
      annotationCount: Number(row["annotationCount"]),
      bare: row["bare"] as Uint8Array,
    },
    lock: undefined,
  };
}
