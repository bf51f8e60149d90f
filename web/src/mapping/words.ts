import type { FieldType, MappingDryRun, RecordKind } from "../../../functions/contracts/mapping.ts";

/** What the rows of a table are, as a person says it. */
export const kindWords: Record<RecordKind, string> = {
  member: "Members",
  company: "Companies",
  membership: "Memberships",
  event: "Events",
  article: "Articles",
  document: "Documents",
  conference: "Conferences",
  notification: "Notifications",
};

/** What a field can hold, as a person says it. */
export const typeWords: Record<FieldType, string> = {
  text: "Text",
  email: "E-mail address",
  number: "Number",
  boolean: "Yes or no",
  date: "Date",
  instant: "Date and time",
  choice: "Choice (its number)",
  reference: "Reference to a row",
  list: "List",
};

/** What became of a field. */
export type FieldState = MappingDryRun["events"][number]["fields"][number]["status"];

/** The states in the order in which they are told, each with what it means. */
export const stateWords: Record<FieldState, { label: string; meaning: string }> = {
  PRESENT: { label: "Present", meaning: "The event carries the column, and the field takes its value." },
  MISSING: {
    label: "Not in this change",
    meaning:
      "The event does not carry the column. A change leaves the field as it is; a new record that requires the field fails.",
  },
  DEFAULT_USED: {
    label: "Default used",
    meaning: "A new record has no value in the column, so the field takes the default.",
  },
  INVALID: {
    label: "Invalid",
    meaning: "The column holds a value that the field’s type does not allow: the event would fail.",
  },
};

/** All states, in that order. */
export const fieldStates = Object.keys(stateWords) as FieldState[];
