import { isReference, toGuid } from "../dynamics/plainValue.ts";
import type { PlainValue } from "../dynamics/plainValue.ts";
import { toMilliseconds } from "../dynamics/dates.ts";
import type { FieldListItem, FieldValue } from "./fieldValue.ts";
import type { FieldType } from "../contracts/mapping.ts";

/** A column's value as its field's type, or why it does not fit: the end of a sentence that begins with the value. */
type ReadValue = { value: FieldValue } | { problem: string };

/** Longest text that a field takes, in characters. */
const longestText = 64_000;

/** Reads a column's value as a field of the given type. Empty text is null, as Dataverse itself stores it. */
export function readValue(type: FieldType, value: PlainValue): ReadValue {
  return value === null || value === "" ? { value: null } : readers[type](value);
}

const readers: Record<FieldType, (value: PlainValue) => ReadValue> = {
  text(value) {
    if (typeof value === "object") return { problem: "is not text" };
    const text = String(value);
    return text.length > longestText
      ? { problem: `is longer than ${longestText} characters` }
      : { value: text };
  },

  email(value) {
    const text = typeof value === "string" ? value.trim() : "";
    return text.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(text)
      ? { value: text }
      : { problem: "is not an e-mail address" };
  },

  number(value) {
    const number = toNumber(value);
    return number === null ? { problem: "is not a number" } : { value: number };
  },

  boolean(value) {
    if (value === true || value === 1 || value === "true") return { value: true };
    if (value === false || value === 0 || value === "false") return { value: false };
    return { problem: "is neither yes nor no" };
  },

  date(value) {
    const ms = typeof value === "string" ? toMilliseconds(toDateTime(value)) : null;
    return ms === null ? { problem: "is not a date" } : { value: new Date(ms).toISOString().slice(0, 10) };
  },

  instant(value) {
    const ms = typeof value === "string" ? toMilliseconds(toDateTime(value)) : null;
    return ms === null ? { problem: "is not a date and time" } : { value: new Date(ms).toISOString() };
  },

  choice(value) {
    const number = toNumber(value);
    return number !== null && Number.isInteger(number)
      ? { value: number }
      : { problem: "is not the number of a choice" };
  },

  /** The name of a lookup is left out: webhooks mostly send none, and it changes without the reference changing. */
  reference(value) {
    const id = isReference(value) ? toGuid(value.id) : null;
    return isReference(value) && id !== null
      ? { value: { id, table: value.table } }
      : { problem: "is not a reference to another row" };
  },

  /** A list has no order: sorted and without repetitions, equal lists are equal. */
  list(value) {
    const items = Array.isArray(value) ? value : [value];
    return items.every((item) => typeof item === "string" || typeof item === "number")
      ? { value: [...new Set(items)].sort(byOrder) }
      : { problem: "is not a list of choices or texts" };
  },
};

function toNumber(value: PlainValue): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || !/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value.trim())) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function toDateTime(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00Z` : text;
}

/** Numbers in their order, then texts in theirs. */
function byOrder(left: FieldListItem, right: FieldListItem): number {
  if (typeof left !== typeof right) return typeof left === "number" ? -1 : 1;
  return left < right ? -1 : 1;
}
