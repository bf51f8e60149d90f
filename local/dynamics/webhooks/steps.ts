import type { Operation } from "../data/operation.ts";
import type { EnvironmentStore, Row } from "../data/store.ts";

const ASYNCHRONOUS = 1;
const ENABLED = 0;
const STAMPS = new Set(["modifiedon", "modifiedby", "modifiedonbehalfby"]);

/** A registered step that an operation starts, with the images that it asked for. */
export type MatchingStep = { step: Row; endpointId: string; images: Row[] };

/** The enabled steps that are registered for this operation's message and table, and whose columns it touches. */
export function matchingSteps(store: EnvironmentStore, operation: Operation): MatchingStep[] {
  const touched = new Set(Object.keys({ ...operation.submitted, ...operation.added }));
  const images = store.rows("sdkmessageprocessingstepimage");
  return store
    .rows("sdkmessageprocessingstep")
    .filter((step) => step.values["mode"] === ASYNCHRONOUS && step.values["statecode"] === ENABLED)
    .filter((step) => lookedUp(store, step, "sdkmessageid", "name") === operation.message)
    .filter((step) => appliesTo(store, step, operation.table))
    .filter((step) => operation.message !== "Update" || listensTo(step, touched))
    .map((step) => ({
      step,
      endpointId: lookupId(step, "eventhandler") ?? "",
      images: images.filter((image) => lookupId(image, "sdkmessageprocessingstepid") === step.id),
    }));
}

/** A step without a filter applies to every table; Associate and Disassociate can only be registered so. */
function appliesTo(store: EnvironmentStore, step: Row, table: string): boolean {
  const filtered = lookedUp(store, step, "sdkmessagefilterid", "primaryobjecttypecode");
  return filtered === undefined || filtered === table;
}

function listensTo(step: Row, touched: Set<string>): boolean {
  const columns = columnList(step.values["filteringattributes"]);
  return columns.length === 0 || columns.some((name) => touched.has(name) && !STAMPS.has(name));
}

/** Reads a comma-separated list of columns; nothing means all. */
export function columnList(value: unknown): string[] {
  return typeof value === "string"
    ? value
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean)
    : [];
}

function lookedUp(store: EnvironmentStore, row: Row, lookup: string, column: string): unknown {
  const value = row.values[lookup];
  if (typeof value !== "object" || value === null) return undefined;
  return store.row(value.table, value.id)?.values[column];
}

/** The row id that a lookup column holds. */
function lookupId(row: Row, lookup: string): string | undefined {
  const value = row.values[lookup];
  return typeof value === "object" && value !== null ? value.id : undefined;
}
