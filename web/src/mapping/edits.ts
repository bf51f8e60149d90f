import type {
  FieldMapping,
  FieldType,
  Mapping,
  MappingDraft,
  RecordKind,
} from "../../../functions/contracts/mapping.ts";

/** A field as it is edited: everything is text until it is sent. `key` tells it apart while its names change. */
export interface FieldEdit {
  key: string;
  /** The name that it came with; null for a new one. */
  storedField: string | null;
  field: string;
  column: string;
  type: FieldType;
  required: boolean;
  /** Empty for none. */
  default: string;
}

/** A link to rows of another table as it is edited. */
export interface LinkEdit {
  key: string;
  relationship: string;
  field: string;
}

/** A table as it is edited. */
export interface TableEdit {
  key: string;
  /** The name that it came with; null for a new one. */
  storedTable: string | null;
  kind: RecordKind;
  table: string;
  idColumn: string;
  entitySet: string;
  fields: FieldEdit[];
  links: LinkEdit[];
}

/** Stored mappings as they are edited. */
export function toEdits(mappings: readonly Omit<Mapping, "version">[]): TableEdit[] {
  return mappings.map(({ kind, table, idColumn, entitySet = "", fields, links }) => ({
    ...{ key: newKey(), storedTable: table, kind, table, idColumn, entitySet },
    fields: fields.map((field) => ({
      ...field,
      key: newKey(),
      storedField: field.field,
      required: field.required ?? false,
      default: field.default === undefined ? "" : String(field.default),
    })),
    links: links.map((link) => ({ ...link, key: newKey() })),
  }));
}

/** What is sent for what was edited. */
export function toDraft(edits: readonly TableEdit[]): MappingDraft {
  return edits.map(({ kind, table, idColumn, entitySet, fields, links }) => ({
    ...{ kind, table: table.trim(), idColumn: idColumn.trim() },
    ...(entitySet.trim() === "" ? {} : { entitySet: entitySet.trim() }),
    fields: fields.map(toField),
    links: links.map(({ relationship, field }) => ({
      relationship: relationship.trim(),
      field: field.trim(),
    })),
  }));
}

function toField({ field, column, type, required, default: value }: FieldEdit): FieldMapping {
  return {
    ...{ field: field.trim(), column: column.trim(), type },
    ...(required ? { required } : {}),
    ...(value.trim() === "" ? {} : { default: value.trim() }),
  };
}

/** Whether Dynamics does not send yet what the draft maps: a further table or column, or the first links. */
export function needsSetup(before: readonly Mapping[], draft: MappingDraft): boolean {
  const sent = new Set(
    before.flatMap(({ table, fields }) => [table, ...fields.map(({ column }) => `${table}.${column}`)]),
  );
  const linked = before.some(({ links }) => links.length > 0);
  return draft.some(
    ({ table, fields, links }) =>
      !sent.has(table) ||
      fields.some(({ column }) => !sent.has(`${table}.${column}`)) ||
      (links.length > 0 && !linked),
  );
}

/** Equal for equal drafts. */
export function fingerprintOf(draft: MappingDraft): string {
  return JSON.stringify(draft);
}

/** A table that nothing is known of yet. */
export function newTable(): TableEdit {
  return {
    key: newKey(),
    storedTable: null,
    kind: "member",
    table: "",
    idColumn: "",
    entitySet: "",
    fields: [newField()],
    links: [],
  };
}

/** A field that nothing is known of yet. */
export function newField(): FieldEdit {
  return {
    ...{ key: newKey(), storedField: null, field: "", column: "" },
    ...{ type: "text", required: false, default: "" },
  };
}

/** A link that nothing is known of yet. */
export function newLink(): LinkEdit {
  return { key: newKey(), relationship: "", field: "" };
}

function newKey(): string {
  return crypto.randomUUID();
}
