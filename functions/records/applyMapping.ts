import type { Columns, PlainValue } from "../dynamics/plainValue.ts";
import type { FieldValue } from "./fieldValue.ts";
import type { FieldMapping, Mapping } from "../contracts/mapping.ts";
import { requiredMissing, valueInvalid } from "../contracts/mappingSentences.ts";
import { readValue } from "./readValue.ts";

/**
 * What became of one mapped field. `PRESENT`: the column was sent (`value` null: it is empty). `MISSING`: it was not
 * sent, or a required value is not there. `DEFAULT_USED`: the mapping's default. `INVALID`: it does not fit the type.
 */
type FieldStatus = "PRESENT" | "MISSING" | "DEFAULT_USED" | "INVALID";

/** One field of the mapping with what became of it. */
export interface MappedField {
  field: string;
  column: string;
  value: FieldValue;
  status: FieldStatus;
  /** A sentence for an administrator: why the value cannot be taken. With `MISSING`: a required value is missing. */
  problem?: string;
}

/** How the columns are to be understood. */
interface ApplyOptions {
  /** True when `columns` is a new row with all it has: defaults apply, and required columns have to be there. */
  created: boolean;
}

/**
 * Applies a mapping to a row's columns: one entry per mapped field, in the order of the mapping. Pure, so the same
 * function serves processing, dry runs and diagnostics. Unless the row is new, an absent column means "unchanged":
 * `MISSING` without a problem.
 */
export function applyMapping(
  mapping: Mapping,
  columns: Columns,
  options: ApplyOptions = { created: true },
): { fields: MappedField[] } {
  return { fields: mapping.fields.map((field) => mapField(field, columns, options.created)) };
}

function mapField(mapping: FieldMapping, columns: Columns, created: boolean): MappedField {
  const { field, column, type, required = false } = mapping;
  const sent = Object.hasOwn(columns, column);
  const given = sent ? (columns[column] ?? null) : null;
  const useDefault = created && mapping.default !== undefined && (given === null || given === "");
  const raw = useDefault ? (mapping.default ?? null) : given;
  const read = readValue(type, raw);
  if ("problem" in read) {
    const problem = valueInvalid({ field, column }, show(raw), read.problem);
    return { field, column, value: null, status: "INVALID", problem };
  }
  const { value } = read;
  if (required && value === null && (sent || created)) {
    const problem = requiredMissing({ field, column });
    return { field, column, value, status: "MISSING", problem };
  }
  if (useDefault) return { field, column, value, status: "DEFAULT_USED" };
  return { field, column, value, status: sent ? "PRESENT" : "MISSING" };
}

/** A value as it appears in a sentence: short, in one line. The cut never leaves half of a character, such as of an emoji. */
function show(value: PlainValue): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80).replace(/[\uD800-\uDBFF]$/, "")}…` : text;
}
