import type { DynamicsContext } from "../dynamics/context.ts";
import { isEntity, toGuid } from "../dynamics/plainValue.ts";
import type { Columns, PlainValue } from "../dynamics/plainValue.ts";
import type { Mapping } from "../contracts/mapping.ts";
import { failed, skipped } from "./interpretation.ts";
import type { Interpretation } from "./interpretation.ts";
import type { Row } from "./rowChange.ts";

/** The rows of a mapped table that an event carries with their columns; else what the event means instead. Pure. */
export function eventRows(context: DynamicsContext, mapping: Mapping): Row[] | Interpretation {
  const { messageName } = context;
  const read = Object.hasOwn(readers, messageName) ? readers[messageName] : undefined;
  return read ? read(context, mapping) : notSupported(context);
}

type Reader = (context: DynamicsContext, mapping: Mapping) => Row[] | Interpretation;

const readers: Readonly<Record<string, Reader>> = {
  Create: readRows,
  Update: readRows,
  Upsert: readRows,
  CreateMultiple: readRows,
  UpdateMultiple: readRows,
  UpsertMultiple: readRows,
  SetState: readState,
  SetStateDynamicEntity: readState,
  Assign: readAssign,
  Merge: readMerge,
};

function readRows(context: DynamicsContext, mapping: Mapping): Row[] | Interpretation {
  const created = isCreate(context);
  const alone = context.targets.length === 1;
  const rows = context.targets.flatMap(({ id, columns, rowVersion }): Row[] =>
    columns ? [{ id: id ?? (alone ? context.recordId : null), columns, rowVersion, created }] : [],
  );
  if (rows.length > 0) return rows;
  return context.recordId === null ? noId(context) : needsRead(mapping, context.recordId);
}

/** SetState of older clients: EntityMoniker, State and Status say what an Update says with two columns. */
function readState(context: DynamicsContext, mapping: Mapping): Row[] | Interpretation {
  const { State: statecode, Status: statuscode } = context.parameters;
  return readColumns(context, mapping, { statecode, statuscode });
}

/** Assign of older clients: a new owner. */
function readAssign(context: DynamicsContext, mapping: Mapping): Row[] | Interpretation {
  return readColumns(context, mapping, { ownerid: context.parameters["Assignee"] });
}

/**
 * Merge: the target takes over values, the subordinate row is deactivated and points at the target. It is not
 * deleted. Its status is left alone, as an organization may have a status of its own for it.
 */
function readMerge(context: DynamicsContext, mapping: Mapping): Row[] | Interpretation {
  const { SubordinateId: subordinate, UpdateContent: content } = context.parameters;
  const [winner, loser] = [context.recordId, toGuid(subordinate)];
  if (winner === null || loser === null) {
    return failed("record.idMissing", `${context.eventType} does not name both of its records.`);
  }
  const masterid: PlainValue = { id: winner, table: mapping.table };
  const columns: Columns = { statecode: 1, merged: true, masterid };
  const rows = [row(loser, columns)];
  if (isEntity(content)) rows.unshift(row(winner, content.columns));
  return rows;
}

function readColumns(
  context: DynamicsContext,
  mapping: Mapping,
  values: Record<string, PlainValue | undefined>,
): Row[] | Interpretation {
  if (context.recordId === null) return noId(context);
  const sent = Object.entries(values).filter(
    (entry): entry is [string, PlainValue] => entry[1] !== undefined,
  );
  if (sent.length === 0) return needsRead(mapping, context.recordId);
  return [row(context.recordId, Object.fromEntries(sent))];
}

function needsRead(mapping: Mapping, id: string): Interpretation {
  const columns = mapping.fields.map(({ column, type }) => ({ name: column, lookup: type === "reference" }));
  const entitySets = mapping.entitySet === undefined ? {} : { [mapping.table]: mapping.entitySet };
  return { result: "needsRead", read: { table: mapping.table, id, columns, entitySets } };
}

function row(id: string, columns: Columns): Row {
  return { id, columns, created: false, rowVersion: null };
}

/** Whether the rows of an event are new, so that defaults apply. */
export function isCreate(context: DynamicsContext): boolean {
  return context.messageName === "Create" || context.messageName === "CreateMultiple";
}

/** An event that names no record. */
export function noId(context: DynamicsContext): Interpretation {
  return failed("record.idMissing", `${context.eventType} does not say which record it belongs to.`);
}

function notSupported(context: DynamicsContext): Interpretation {
  return skipped("message.notSupported", `Message ${context.messageName} is not carried over.`);
}
