import { isDeepStrictEqual } from "node:util";
import type { MappingDraft, MappingDryRun, MappingSet } from "../contracts/mapping.ts";
import { outcomeCatalogue } from "../contracts/outcomes.ts";
import { NotAContext, parseContext } from "../dynamics/context.ts";
import type { DynamicsContext } from "../dynamics/context.ts";
import type { MappedField } from "../records/applyMapping.ts";
import { interpret } from "../records/interpret.ts";
import type { Interpretation } from "../records/interpretation.ts";
import { mappedFields } from "../records/mappedFields.ts";
import { readValue } from "../records/readValue.ts";
import type { EventWithPayload } from "../sync-log/readPayloads.ts";
import { openContent } from "./content.ts";
import type { OversizeStore } from "./oversize.ts";

type TriedEvent = MappingDryRun["events"][number];
type Verdict = Pick<TriedEvent, "tried" | "outcomeNow" | "message">;
type Unchecked = MappingDryRun["unchecked"][number];

/** What stands in place of a value that is not shown. */
const mask = "••••••";
/** Most fields of one event that are listed: an event may carry a thousand rows. The summary counts all. */
const maxFields = 200;

/**
 * Reads stored events by a draft with the same functions that process events, and writes nothing. Dynamics is not
 * asked either: an event whose row would have to be read keeps its outcome and says so.
 */
export async function dryRunMapping(
  draft: MappingDraft,
  inForce: MappingSet,
  events: readonly EventWithPayload[],
  oversize: Pick<OversizeStore, "get">,
): Promise<Omit<MappingDryRun, "more">> {
  const mappings: MappingSet = draft.map((mapping) => ({ ...mapping, version: 0 }));
  const summary = emptySummary(draft);
  const unchecked = new Map<string, Unchecked>();
  const tried: TriedEvent[] = [];
  for (const stored of events) {
    const { event } = stored;
    const context = await contextOf(stored, oversize);
    const fields = context ? mappedFields(context, mappings).map(maskUnless(inForce, context)) : [];
    for (const { field, status } of fields) {
      const line = summary.get(`${context?.table}.${field}`);
      if (line) line[status] += 1;
    }
    const stamp = { eventId: event.eventId, receivedAt: Date.parse(event.receivedAt) };
    const [before, after] = [inForce, mappings].map((set) => context && interpret(context, set, stamp));
    const verdict = verdictOf(stored, after ?? null, fields);
    if (context) countUnchecked(unchecked, uncheckedValues(context, mappings, inForce, fields));
    tried.push({
      eventId: event.eventId,
      eventType: event.eventType,
      receivedAt: event.receivedAt,
      outcomeThen: event.outcome,
      codeThen: event.code,
      changed:
        (after?.result !== "needsRead" && !isDeepStrictEqual(before, after)) ||
        (event.outcome === "error" && verdict.outcomeNow === "success"),
      ...verdict,
      fields: listed(fields),
    });
  }
  return { events: tried, unchecked: [...unchecked.values()], summary: [...summary.values()] };
}

function emptySummary(draft: MappingDraft): Map<string, MappingDryRun["summary"][number]> {
  const counts = { PRESENT: 0, MISSING: 0, DEFAULT_USED: 0, INVALID: 0 };
  return new Map(
    draft.flatMap(({ table, fields }) =>
      fields.map(({ field }) => [`${table}.${field}`, { table, field, ...counts }] as const),
    ),
  );
}

/** The event's content; null when it is no longer kept or cannot be read. */
export async function contextOf(
  { payload }: Pick<EventWithPayload, "payload">,
  oversize: Pick<OversizeStore, "get">,
): Promise<DynamicsContext | null> {
  if (payload === null) return null;
  const content = "gzip" in payload ? payload.gzip : await oversize.get(payload.blob);
  if (content === null) return null;
  let body: string;
  try {
    body = openContent(content);
  } catch {
    // Damaged content was the event's outcome then, and is now.
    return null;
  }
  try {
    return parseContext(body);
  } catch (error) {
    if (error instanceof NotAContext) return null;
    throw error;
  }
}

function verdictOf(
  { event }: EventWithPayload,
  interpretation: Interpretation | null,
  fields: readonly MappedField[],
): Verdict {
  if (!interpretation)
    return {
      tried: false,
      outcomeNow: event.outcome,
      message: "The content of this event is not kept or cannot be read, so it was not tried.",
    };
  switch (interpretation.result) {
    case "needsRead":
      return {
        tried: false,
        outcomeNow: event.outcome,
        message:
          "The event carries no values: they would be read from Dynamics, which is not done when trying.",
      };
    case "changes": {
      const { outcome, code } = event;
      return {
        tried: true,
        outcomeNow: "success",
        message:
          outcome === "skipped" && code !== null
            ? `Every value can be taken. What came of it last time: ${outcomeCatalogue[code].title}.`
            : null,
      };
    }
    case "skipped":
      return { tried: true, outcomeNow: "skipped", message: interpretation.message };
    case "error": {
      // The first field with a problem is the event's error; here its value may be masked.
      const problem = interpretation.code === "mapping.valueInvalid" && fields.find((field) => field.problem);
      return {
        tried: true,
        outcomeNow: "error",
        message: (problem && problem.problem) || interpretation.message,
      };
    }
  }
}

/**
 * Masks the value of a column that the mapping in force does not read: nobody is to see by a trial what the payload
 * shows only on demand, and with an entry in the audit log.
 */
function maskUnless(inForce: MappingSet, { table }: DynamicsContext): (field: MappedField) => MappedField {
  const shown = new Set(
    inForce.find((mapping) => mapping.table === table)?.fields.map(({ column }) => column),
  );
  return (field) => {
    if (shown.has(field.column) || field.status === "DEFAULT_USED") return field;
    if (field.status === "INVALID")
      return {
        ...field,
        problem: `Column ${field.column} holds a value that does not fit the type of field ${field.field}.`,
      };
    return field.value === null || typeof field.value === "boolean" ? field : { ...field, value: mask };
  };
}

/** Values of an event that are taken as text, while the type in force of the same column refuses them; the first of each field. */
function uncheckedValues(
  { table }: DynamicsContext,
  mappings: MappingSet,
  inForce: MappingSet,
  fields: readonly MappedField[],
): Unchecked[] {
  const fieldsOf = (set: MappingSet) => set.find((mapping) => mapping.table === table)?.fields ?? [];
  const [asText, before] = [fieldsOf(mappings).filter(({ type }) => type === "text"), fieldsOf(inForce)];
  return asText.flatMap(({ field, column }) => {
    const refused = before.filter((one) => one.column === column && one.type !== "text");
    const value = fields
      .filter((one) => one.field === field && one.status === "PRESENT")
      .map((one) => one.value)
      .filter((one) => typeof one === "string")
      .find((text) => refused.some(({ type }) => "problem" in readValue(type, text)));
    return value === undefined || table === null ? [] : [{ table, field, value, events: 1 }];
  });
}

function countUnchecked(unchecked: Map<string, Unchecked>, found: readonly Unchecked[]): void {
  for (const one of found) {
    const key = `${one.table}.${one.field}`;
    const known = unchecked.get(key);
    unchecked.set(key, known ? { ...known, events: known.events + 1 } : one);
  }
}

/** Those with a problem come first where there are too many to list. */
function listed(fields: readonly MappedField[]): TriedEvent["fields"] {
  const some =
    fields.length <= maxFields
      ? fields
      : fields
          .toSorted((one, other) => Number(Boolean(other.problem)) - Number(Boolean(one.problem)))
          .slice(0, maxFields);
  return some.map(({ problem = null, ...field }) => ({ ...field, problem }));
}
