import { outcomeCatalogue } from "../contracts/outcomes.ts";
import type { DynamicsContext } from "../dynamics/context.ts";
import type { DynamicsRow } from "../dynamics/webApiRow.ts";
import { eventRows, isCreate, noId } from "./eventRows.ts";
import { failed, skipped } from "./interpretation.ts";
import type { EventStamp, Interpretation } from "./interpretation.ts";
import { findLink, linkChanges, relationshipName } from "./links.ts";
import type { Mapping, MappingSet } from "../contracts/mapping.ts";
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
  if (messageName === "Delete" || messageName === "DeleteMultiple") {
    return readDeletion(context, mapping, stamp);
  }
  const rows = eventRows(context, mapping);
  return Array.isArray(rows) ? changed(context, mapping, rows, stamp) : rows;
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

function readDeletion(context: DynamicsContext, mapping: Mapping, stamp: Stamp): Interpretation {
  if (context.recordIds.length === 0) return noId(context);
  const { kind } = mapping;
  return {
    result: "changes",
    changes: context.recordIds.map((externalId) => ({ ...stamp, kind, externalId, fields: null })),
  };
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

function stampOf(context: DynamicsContext, event: EventStamp): Stamp {
  return {
    time: context.operationCreatedAt ?? event.receivedAt,
    rowVersion: null,
    eventId: event.eventId,
  };
}

/** An event of a table that is not mapped, or of none: a custom action, PublishAll and the like. */
function notMapped({ table, messageName }: DynamicsContext): Interpretation {
  if (table !== null) return skipped("table.notMapped", `Table ${table} is not mapped.`);
  return skipped("message.notSupported", `Message ${messageName} names no table, so it is not carried over.`);
}
