import { randomUUID } from "node:crypto";
import { clearLookupsTo, removeDependents, removeLinks } from "./cascade.ts";
import type { Value } from "./columns.ts";
import { derivedValues, initialValues } from "./derived.ts";
import type { Caller, Environment } from "./environment.ts";
import type { Operation } from "./operation.ts";
import type { Row } from "./store.ts";
import { tableNamed } from "./tables.ts";

type Values = Record<string, Value>;

/** Creates a row and raises Create. The id is the caller's, or a new one. */
export function createRow(
  env: Environment,
  tableName: string,
  submitted: Values,
  caller: Caller,
  id: string = randomUUID(),
): Row {
  const table = tableNamed(tableName);
  return commit(env, () => {
    const at = wholeSecond(env.now());
    const stamp = { createdon: instant(at), createdby: person(caller), ...modified(at, caller) };
    const base = { ...initialValues(table, env, caller), ...submitted };
    const values = { ...base, ...derivedValues(table, base, submitted), ...stamp };
    const row = { table: tableName, id: id.toLowerCase(), version: env.store.nextVersion(), values };
    env.store.put(row);
    const added = difference(values, submitted);
    return {
      result: row,
      operation: { message: "Create", ...about(row), at, caller, submitted, added, after: row },
    };
  });
}

/** Changes the submitted columns of a row and raises Update, also when nothing differs. */
export function updateRow(env: Environment, before: Row, submitted: Values, caller: Caller): Row {
  const table = tableNamed(before.table);
  return commit(env, () => {
    const at = wholeSecond(env.now());
    const base = { ...before.values, ...submitted };
    const added = { ...derivedValues(table, base, submitted), ...modified(at, caller) };
    const after = { ...before, version: env.store.nextVersion(), values: { ...base, ...added } };
    env.store.put(after);
    const operation = {
      message: "Update" as const,
      ...about(after),
      at,
      caller,
      submitted,
      added,
      before,
      after,
    };
    return { result: after, operation };
  });
}

/** Deletes a row, its links and the lookups that point at it, and raises Delete for the row alone. */
export function deleteRow(env: Environment, row: Row, caller: Caller): void {
  const table = tableNamed(row.table);
  commit(env, () => {
    const at = wholeSecond(env.now());
    removeDependents(env.store, table, row.id);
    clearLookupsTo(env.store, table, row.id);
    removeLinks(env.store, table, row.id);
    env.store.remove(row.table, row.id, env.store.nextVersion());
    const nothing = { submitted: {}, added: {} };
    return {
      result: undefined,
      operation: { message: "Delete", ...about(row), at, caller, ...nothing, before: row },
    };
  });
}

/** What to link, or to unlink: `from` is the row whose navigation property was addressed. */
type LinkChange = { relationship: string; from: Row; to: Row; fromSide: "first" | "second" };

/** Links two rows and raises Associate. Returns false, and raises nothing, when they were linked already. */
export function associate(env: Environment, change: LinkChange, caller: Caller): boolean {
  return changeLink(env, "Associate", change, caller);
}

/** Unlinks two rows and raises Disassociate. Returns false, and raises nothing, when they were not linked. */
export function disassociate(env: Environment, change: LinkChange, caller: Caller): boolean {
  return changeLink(env, "Disassociate", change, caller);
}

function changeLink(
  env: Environment,
  message: "Associate" | "Disassociate",
  { relationship, from, to, fromSide }: LinkChange,
  caller: Caller,
): boolean {
  return commit(env, () => {
    const [first, second] = fromSide === "first" ? [from.id, to.id] : [to.id, from.id];
    const changed =
      message === "Associate"
        ? env.store.link(relationship, first, second)
        : env.store.unlink(relationship, first, second);
    if (!changed) return { result: false };
    const related = { relationship, rows: [{ table: to.table, id: to.id }] };
    const at = wholeSecond(env.now());
    const operation = {
      message,
      ...about(from),
      at,
      caller,
      submitted: {},
      added: {},
      before: from,
      after: from,
    };
    return { result: true, operation: { ...operation, related } };
  });
}

/** One transaction around the write and its system jobs; they start when it is safe on disk. */
function commit<Result>(env: Environment, write: () => { result: Result; operation?: Operation }): Result {
  const [result, start] = env.store.transaction(() => {
    const { result, operation } = write();
    return [result, operation ? env.raise(operation) : undefined] as const;
  });
  start?.();
  return result;
}

function about(row: Row): { table: string; id: string } {
  return { table: row.table, id: row.id };
}

function modified(at: Date, caller: Caller): Values {
  return { modifiedon: instant(at), modifiedby: person(caller), modifiedonbehalfby: null };
}

function person(caller: Caller): Value {
  return { table: "systemuser", id: caller.userId };
}

function wholeSecond(now: Date): Date {
  return new Date(Math.floor(now.getTime() / 1000) * 1000);
}

/** An instant as rows keep it: `2026-01-05T08:12:00Z`. */
export function instant(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

function difference(values: Values, submitted: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !(name in submitted)));
}
