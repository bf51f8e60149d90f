import { localTime } from "./format.ts";

/** A value for a person: instants come as ISO 8601 in UTC and are read in local time; others stay as they are. */
export function readable(value: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? localTime(Date.parse(value)) : value;
}
