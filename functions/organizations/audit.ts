import { randomUUID } from "node:crypto";
import { auditChange } from "../contracts/audit.ts";
import type { AuditAction, AuditChange, AuditEntry, AuditPage } from "../contracts/audit.ts";
import type { Caller } from "../identity/caller.ts";
import { toInstant } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import { fromCursor, toCursor } from "../platform/http/cursor.ts";
import { ApiProblem } from "../platform/http/problem.ts";
import { realSleep } from "../platform/sleep.ts";
import type { Sleep } from "../platform/sleep.ts";
import { invertedTime, timeOf } from "../platform/storage/invertedTime.ts";
import { readSomeRows } from "../platform/storage/readRange.ts";
import type { Row, StoredRow, Table } from "../platform/storage/table.ts";

/**
 * What people did to an organization: table `Audit`, partition = organization id, row key = inverted time | id.
 *
 * An entry is written after what it tells of. So the log holds nothing that never happened, and the old values in
 * it are those that were really replaced. The other order would leave entries of actions that were refused or
 * failed, which nobody could tell from the true ones. The price is an action without its entry when storage fails
 * between the two: then the caller gets an error that says so, and the platform's log holds who did what.
 */
export interface Audit {
  /** Adds an entry. Call it when the action is done. Throws 500 `audit.notWritten` when it cannot be written. */
  record(
    organizationId: string,
    actor: Caller,
    action: AuditAction,
    target: string | null,
    changes?: AuditChange[],
  ): Promise<void>;
  /** A page, newest first, in one storage read. Throws 400 when the cursor is not one of its own. */
  list(organizationId: string, query: { limit: number; cursor?: string | undefined }): Promise<AuditPage>;
}

/** Waits before the second and the third try at writing an entry. A repeated write meets its own row. */
const pausesMs = [100, 500];
/** A row property holds 32,768 characters; an entry is to be read by people. */
const maxValueLength = 500;
const maxChangesLength = 30_000;
const cursorPattern = /^\d{13}\|[0-9a-f-]{1,40}$/;

export function createAudit({
  table,
  clock,
  sleep = realSleep,
  newId = randomUUID,
}: {
  table: Table;
  clock: Clock;
  sleep?: Sleep;
  newId?: () => string;
}): Audit {
  return {
    async record(organizationId, actor, action, target, changes = []) {
      const row: Row = {
        partitionKey: organizationId,
        rowKey: `${invertedTime(clock())}|${newId()}`,
        actorId: actor.id,
        actorName: actor.name,
        actorSignInName: actor.signInName,
        action,
        target: target === null ? null : clip(target),
        changes: toText(changes),
      };
      for (let tries = 0; ; tries += 1) {
        try {
          await table.submit([{ kind: "upsert", row }]);
          return;
        } catch (error) {
          const pause = pausesMs[tries];
          if (pause === undefined) throw notWritten(row, error);
          await sleep(pause);
        }
      }
    },
    async list(organizationId, { limit, cursor }) {
      const from = cursor === undefined ? {} : { from: `${fromCursor(cursor, cursorPattern)}!` };
      const { rows, continuation } = await readSomeRows(table, {
        partitionKey: organizationId,
        ...from,
        limit,
      });
      const last = rows.at(-1);
      const nextCursor = continuation === null || !last ? null : toCursor(last.rowKey);
      return { items: rows.map(toEntry), nextCursor };
    },
  };
}

/** The platform's log holds the entry in the cause: it is the only trace that is left of it. */
function notWritten(row: Row, cause: unknown): ApiProblem {
  const { partitionKey, actorId, action, target, changes } = row;
  const entry = JSON.stringify({ organizationId: partitionKey, actorId, action, target, changes });
  return new ApiProblem(
    500,
    "audit.notWritten",
    "The audit log could not be written",
    "What you did took effect, but the audit log does not hold it because storage did not answer. Load the page again before you repeat anything, and tell the operator the correlation id.",
    { cause: new Error(`This audit entry could not be written: ${entry}`, { cause }) },
  );
}

function toText(changes: readonly AuditChange[]): string {
  const clipped = changes.map((change) => ({
    field: clip(change.field),
    old: change.old === null ? null : clip(change.old),
    new: change.new === null ? null : clip(change.new),
  }));
  for (let kept = clipped.length; ; kept -= 1) {
    const rest = clipped.length - kept;
    const more = rest === 0 ? [] : [{ field: `and ${rest} more`, old: null, new: null }];
    const text = JSON.stringify([...clipped.slice(0, kept), ...more]);
    if (text.length <= maxChangesLength) return text;
  }
}

function clip(text: string): string {
  return text.length <= maxValueLength
    ? text.toWellFormed()
    : `${text.slice(0, maxValueLength - 1).toWellFormed()}…`;
}

function toEntry(row: StoredRow): AuditEntry {
  return {
    id: row.rowKey.slice(14),
    at: toInstant(timeOf(row.rowKey)),
    actor: {
      id: String(row["actorId"] ?? ""),
      name: String(row["actorName"] ?? ""),
      signInName: typeof row["actorSignInName"] === "string" ? row["actorSignInName"] : null,
    },
    action: row["action"] as AuditAction,
    target: typeof row["target"] === "string" ? row["target"] : null,
    changes: auditChange.array().parse(JSON.parse(String(row["changes"] ?? "[]"))),
  };
}
