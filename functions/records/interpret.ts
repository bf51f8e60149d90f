import { outcomeCatalogue } from "../contracts/outcomes.ts";
import type { DynamicsContext } from "../dynamics/context.ts";
import { isEntity, toGuid } from "../dynamics/plainValue.ts";
import type { Columns, PlainValue } from "../dynamics/plainValue.ts";
import type { DynamicsRow } from "../dynamics/webApiRow.ts";
import { failed, skipped } from "./interpretation.ts";
import type { EventStamp, Interpretation } from "./interpretation.ts";
import { findLink, linkChanges, relationshipName } from "./links.ts";
import type { Mapping, MappingSet } from "./mapping.ts";
import type { RecordChange, Stamp } from "./record.ts";
import { collect, rowChange } from "./rowChange.ts";
import type { Row } from "./rowChange.ts";

/**
 * Says what an event means for the platform's records. Pure. The changes of one event are at most one per record.
 * Their time is the row's `modifiedon`, else the time of the operation, else the time the event was received.
 */
export function interpret(context: DynamicsContext, mappings: MappingSet, event: EventStamp): Interpretation {
  if (context.ownEcho) return skipped("event.echo", "The change was made by Portal Sync itself.");
  const { messageName } = context;
  const stamp = stampOf(context, event);
  if (context.stripped && unreadable.has(messageName)) {
    return failed("payload.stripped", outcomeCatalogue["payload.stripped"].whatHappened);
  }
  if (messageName === "Associate" || messageName === "Disassociate") {
    return interpretLink(context, mappings, stamp);
  }
  const mapping = mappings.find(({ table }) => table === context.table);
  if (!mapping) return notMapped(context);
  const read = Object.hasOwn(readers, messageName) ? readers[messageName] : undefined;
  if (!read) return notSupported(context);
  return read(context, mapping, stamp);
}

/**
 * Says what an event means whose row had to be read from Dataverse. The values are the row's present ones and carry
 * its present time and version, so an earlier or later event about the same row merges with them like any other.
 */
export function interpretRow(
  context: DynamicsContext,
  mappings: MappingSet,
  event: EventStamp,
  row: DynamicsRow,
): Interpretation {
  const mapping = mappings.find(({ table }) => table === row.table);
  if (!mapping) return notMapped(context);
  const created = isCreate(context);
  const { id, columns, rowVersion } = row;
  return changed(context, mapping, [{ id, columns, rowVersion, created }], stampOf(context, event));
}

/** Messages whose effect cannot be read from the row afterwards, or whose rows are not named outside of the content. */
const unreadable: ReadonlySet<string> = new Set([
  "Associate",
  "Disassociate",
  "Merge",
  "CreateMultiple",
  "UpdateMultiple",
  "UpsertMultiple",
  "DeleteMultiple",
]);

type Reader = (context: DynamicsContext, mapping: Mapping, stamp: Stamp) => Interpretation;

const readers: Readonly<Record<string, Reader>> = {
  Create: readRows,
  Update: readRows,
  Upsert: readRows,
  CreateMultiple: readRows,
  UpdateMultiple: readRows,
  UpsertMultiple: readRows,
  Delete: readDeletion,
  DeleteMultiple: readDeletion,
  SetState: readState,
  SetStateDynamicEntity: readState,
  Assign: readAssign,
  Merge: readMerge,
};

function readRows(context: DynamicsContext, mapping: Mapping, stamp: Stamp): Interpretation {
  const created = isCreate(context);
  const alone = context.targets.length === 1;
  const rows = context.targets.flatMap(({ id, columns, rowVersion }): Row[] =>
    columns ? [{ id: id ?? (alone ? context.recordId : null), columns, rowVersion, created }] : [],
  );
  if (rows.length > 0) return changed(context, mapping, rows, stamp);
  return context.recordId === null ? noId(context) : needsRead(mapping, context.recordId);
}

function readDeletion(context: DynamicsContext, mapping: Mapping, stamp: Stamp): Interpretation {
  if (context.recordIds.length === 0) return noId(context);
  const { kind } = mapping;
  return {
    result: "changes",
    changes: context.recordIds.map((externalId) => ({ ...stamp, kind, externalId, fields: null })),
  };
}

/** SetState of older clients: EntityMoniker, State and Status say what an Update says with two columns. */
function readState(context: DynamicsContext, mapping: Mapping, stamp: Stamp): Interpretation {
  const { State: statecode, Status: statuscode } = context.parameters;
  return readColumns(context, mapping, { statecode, statuscode }, stamp);
}

/** Assign of older clients: a new owner. */
function readAssign(context: DynamicsContext, mapping: Mapping, stamp: Stamp): Interpretation {
  return readColumns(context, mapping, { ownerid: context.parameters["Assignee"] }, stamp);
}

/**
 * Merge: the target takes over values, the subordinate row is deactivated and points at the target. It is not
 * deleted. Its status is left alone, as an organization may have a status of its own for it.
 */
function readMerge(context: DynamicsContext, mapping: Mapping, stamp: Stamp): Interpretation {
  const { SubordinateId: subordinate, UpdateContent: content } = context.parameters;
  const [winner, loser] = [context.recordId, toGuid(subordinate)];
  if (winner === null || loser === null) return notSupported(context);
  const masterid: PlainValue = { id: winner, table: mapping.table };
  const columns: Columns = { statecode: 1, merged: true, masterid };
  const rows = [row(loser, columns)];
  if (isEntity(content)) rows.unshift(row(winner, content.columns));
  return changed(context, mapping, rows, stamp);
}

function readColumns(
  context: DynamicsContext,
  mapping: Mapping,
  values: Record<string, PlainValue | undefined>,
  stamp: Stamp,
): Interpretation {
  if (context.recordId === null) return noId(context);
  const sent = Object.entries(values).filter(
    (entry): entry is [string, PlainValue] => entry[1] !== undefined,
  );
  if (sent.length === 0) return needsRead(mapping, context.recordId);
  return changed(context, mapping, [row(context.recordId, Object.fromEntries(sent))], stamp);
}

function interpretLink(context: DynamicsContext, mappings: MappingSet, stamp: Stamp): Interpretation {
  const relationship = relationshipName(context);
  const link = relationship === null ? null : findLink(mappings, relationship);
  if (!link) {
    if (context.table !== null && !mappings.some(({ table }) => table === context.table)) {
      return notMapped(context);
    }
    const what = relationship === null ? "The link has no name" : `The link ${relationship} is not mapped`;
    return skipped("message.notSupported", `${what}.`);
  }
  const changes = linkChanges(link, context, stamp);
  return changes.length === 0 ? noId(context) : { result: "changes", changes };
}

function changed(
  context: DynamicsContext,
  mapping: Mapping,
  rows: readonly Row[],
  stamp: Stamp,
): Interpretation {
  const changes: Interpretation | RecordChange[] = collect(rows.map((one) => rowChange(mapping, one, stamp)));
  if (!Array.isArray(changes)) return changes;
  if (changes.length > 0) return { result: "changes", changes };
  return skipped("record.unchanged", `None of the columns that ${context.eventType} carries is mapped.`);
}

function needsRead(mapping: Mapping, id: string): Interpretation {
  const columns = mapping.fields.map(({ column, type }) => ({ name: column, lookup: type === "reference" }));
  const entitySets = mapping.entitySet === undefined ? {} : { [mapping.table]: mapping.entitySet };
  return { result: "needsRead", read: { table: mapping.table, id, columns, entitySets } };
}

function row(id: string, columns: Columns): Row {
  return { id, columns, created: false, rowVersion: null };
}

function isCreate(context: DynamicsContext): boolean {
  return context.messageName === "Create" || context.messageName === "CreateMultiple";
}

function stampOf(context: DynamicsContext, event: EventStamp): Stamp {
  return {
    time: context.operationCreatedAt ?? event.receivedAt,
    rowVersion: null,
    eventId: event.eventId,
  };
}

function noId(context: DynamicsContext): Interpretation {
  return failed("record.idMissing", `${context.eventType} does not say which record it belongs to.`);
}

function notMapped(context: DynamicsContext): Interpretation {
  return skipped("table.notMapped", `Table ${context.table ?? "none"} is not mapped.`);
}

function notSupported(context: DynamicsContext): Interpretation {
  return skipped("message.notSupported", `Message ${context.messageName} is not carried over.`);
}
