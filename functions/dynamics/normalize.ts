import { toMilliseconds } from "./dates.ts";
import { isObject, toGuid, toRowVersion, toTableName } from "./plainValue.ts";
import type { Columns, DynamicsEntity, PlainValue, Reference } from "./plainValue.ts";
import { repairText } from "./textRepair.ts";

/** Deeper than any body of Dataverse nests its values. What lies below reads as null, so no body can exhaust the stack. */
const deepest = 24;

/** Turns the values of one webhook body into plain values, and knows whether it had to repair double-encoded text. */
export interface Normalizer {
  value(raw: unknown): PlainValue;
  /** A row with columns; null when `raw` is not one. */
  entity(raw: unknown): DynamicsEntity | null;
  /** A lookup; null when `raw` is not one. */
  reference(raw: unknown): Reference | null;
  textRepaired(): boolean;
}

/** A normalizer for one body. */
export function createNormalizer(): Normalizer {
  let repaired = false;

  function text(raw: string): string {
    const ms = raw.length >= 8 && raw.length <= 40 ? toMilliseconds(raw) : null;
    if (ms !== null) return new Date(ms).toISOString();
    const result = repairText(raw);
    repaired ||= result !== raw;
    return result;
  }

  function value(raw: unknown, depth: number): PlainValue {
    if (typeof raw === "string") return text(raw);
    if (typeof raw === "number" || typeof raw === "boolean") return raw;
    if (depth >= deepest) return null;
    if (Array.isArray(raw)) return raw.map((item) => value(item, depth + 1));
    return isObject(raw) ? object(raw, depth + 1) : null;
  }

  function object(raw: Record<string, unknown>, depth: number): PlainValue {
    if ("__value" in raw) return value(raw["__value"], depth);
    if (isRow(raw)) return entity(raw, depth);
    const members = collectionMembers(raw);
    if (members !== undefined) return value(members, depth);
    if (isLookup(raw)) return reference(raw);
    if (isHolder(raw)) return value(raw["Value"], depth);
    const own = Object.entries(raw).filter(([name]) => name !== "__type");
    return Object.fromEntries(own.map(([name, member]) => [name, value(member, depth)]));
  }

  function reference(raw: Record<string, unknown>): Reference | null {
    const id = toGuid(unwrap(raw["Id"]));
    if (id === null) return null;
    const found: Reference = { id, table: toTableName(raw["LogicalName"]) ?? "" };
    if (typeof raw["Name"] === "string") found.name = text(raw["Name"]);
    return found;
  }

  function entity(raw: Record<string, unknown>, depth: number): DynamicsEntity {
    const columns: Columns = Object.fromEntries(
      keyedValues(raw["Attributes"]).map(([key, item]) => [key, value(item, depth)]),
    );
    const formatted = keyedValues(raw["FormattedValues"]).flatMap(([key, item]): [string, string][] =>
      typeof item === "string" ? [[key, text(item)]] : [],
    );
    const version = Object.hasOwn(columns, "versionnumber") ? columns["versionnumber"] : raw["RowVersion"];
    return {
      table: toTableName(raw["LogicalName"]),
      id: toGuid(unwrap(raw["Id"])),
      columns,
      formatted: Object.fromEntries(formatted),
      rowVersion: toRowVersion(version),
    };
  }

  return {
    value: (raw) => value(raw, 0),
    entity: (raw) => (isObject(raw) && isRow(raw) ? entity(raw, 1) : null),
    reference: (raw) => (isObject(raw) && !isRow(raw) && isLookup(raw) ? reference(raw) : null),
    textRepaired: () => repaired,
  };
}

/**
 * Reads one of the collections of an execution context. Dataverse writes arrays of `{"key", "value"}`; serializers
 * that pass contexts on write `{"Key", "Value"}` or plain objects.
 */
export function keyedValues(raw: unknown): [string, unknown][] {
  if (isObject(raw)) return Object.entries(raw).filter(([key]) => key !== "__type");
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((item: unknown): [string, unknown][] => {
    if (!isObject(item)) return [];
    const key = item["key"] ?? item["Key"];
    return typeof key === "string" ? [[key, "value" in item ? item["value"] : item["Value"]]] : [];
  });
}

/** What a collection of rows or of lookups holds; undefined when `raw` is no collection. */
export function collectionMembers(raw: Record<string, unknown>): unknown {
  return raw["Entities"] ?? raw["EntityReferences"];
}

/** The value inside a wrapper such as `{"__type":"Guid:#System","__value":"…"}`; anything else as it is. */
export function unwrap(raw: unknown): unknown {
  return isObject(raw) && "__value" in raw ? raw["__value"] : raw;
}

/** Rows in images and collections carry no `__type`, so a row is known by its attributes. */
function isRow(raw: Record<string, unknown>): boolean {
  return "Attributes" in raw || typeName(raw) === "Entity";
}

function isLookup(raw: Record<string, unknown>): boolean {
  return "Id" in raw && "LogicalName" in raw;
}

/** OptionSetValue, Money and AliasedValue hold their value in `Value`; serializers may leave their type away. */
function isHolder(raw: Record<string, unknown>): boolean {
  if (!("Value" in raw)) return false;
  return holders.has(typeName(raw)) || "AttributeLogicalName" in raw || Object.keys(raw).length === 1;
}

const holders = new Set(["OptionSetValue", "Money", "AliasedValue", "BooleanManagedProperty"]);

/** `Entity` of `Entity:http://schemas.microsoft.com/xrm/2011/Contracts`. */
function typeName(raw: Record<string, unknown>): string {
  const type = raw["__type"];
  return typeof type === "string" ? (type.split(":", 1)[0] ?? "") : "";
}
