import { z } from "zod";

/** Kinds of records that the platform keeps. */
export const recordKind = z.enum([
  "member",
  "company",
  "membership",
  "event",
  "article",
  "document",
  "conference",
  "notification",
]);
/** See {@link recordKind}. */
export type RecordKind = z.infer<typeof recordKind>;

/** What a field holds. `date` is a day (`2026-01-31`), `instant` a point in time, `list` several choices or texts. */
export const fieldType = z.enum([
  "text",
  "email",
  "number",
  "boolean",
  "date",
  "instant",
  "choice",
  "reference",
  "list",
]);
/** See {@link fieldType}. */
export type FieldType = z.infer<typeof fieldType>;

const fieldName = z.string().regex(/^[a-zA-Z]\w{0,63}$/, "Use letters, digits and underscores.");
const logicalName = z.string().regex(/^\w{1,128}$/, "Use the logical name, such as emailaddress1.");

/** How one column becomes one field. A required field without a value is an error, unless it has a default. */
export const fieldMapping = z.strictObject({
  field: fieldName,
  column: logicalName,
  type: fieldType,
  required: z.boolean().optional(),
  /** Taken when a new row has no value. Read like a column's value, so it is checked like one. */
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
/** See {@link fieldMapping}. */
export type FieldMapping = z.infer<typeof fieldMapping>;

/** How an N:N relationship becomes fields: each linked row is a field of its own, `<field>/<id>`. */
export const linkMapping = z.strictObject({ relationship: logicalName, field: fieldName });
/** See {@link linkMapping}. */
export type LinkMapping = z.infer<typeof linkMapping>;

/** How the rows of one table become records of one kind. */
export const mapping = z.strictObject({
  /** Grows with every change, so that a result can say by which mapping it came about. */
  version: z.int().positive(),
  kind: recordKind,
  table: logicalName,
  /** The table's primary key column. */
  idColumn: logicalName,
  /** The Web API's name for the table's rows, when it is not the usual plural. */
  entitySet: logicalName.optional(),
  fields: z
    .array(fieldMapping)
    .refine((fields) => new Set(fields.map(({ field }) => field)).size === fields.length, {
      error: "Two columns cannot be mapped to the same field.",
    }),
  links: z.array(linkMapping),
});
/** See {@link mapping}. */
export type Mapping = z.infer<typeof mapping>;

/** An organization's mappings: at most one per table. */
export type MappingSet = readonly Mapping[];
