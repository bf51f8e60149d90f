import { z } from "zod";
import { eventId, instant, outcome } from "./common.ts";
import { outcomeCode } from "./outcomes.ts";
import type { OutcomeCode } from "./outcomes.ts";

/** Kinds of records that the platform keeps. */
export const recordKind = z.enum(
  ["member", "company", "membership", "event", "article", "document", "conference", "notification"],
  { error: "Choose what the rows of the table are." },
);
/** See {@link recordKind}. */
export type RecordKind = z.infer<typeof recordKind>;

/** What a field holds. `date` is a day (`2026-01-31`), `instant` a point in time, `list` several choices or texts. */
export const fieldType = z.enum(
  ["text", "email", "number", "boolean", "date", "instant", "choice", "reference", "list"],
  { error: "Choose one of the types that a field can have." },
);
/** See {@link fieldType}. */
export type FieldType = z.infer<typeof fieldType>;

/** What names may look like, with the sentence for one that does not. */
export const namePatterns = {
  field: {
    pattern: /^[a-zA-Z]\w{0,63}$/,
    fault: "Use a letter, then letters, digits and underscores, at most 64 in all.",
  },
  logical: { pattern: /^\w{1,128}$/, fault: "Use the logical name, such as emailaddress1." },
} as const;
const fieldName = z.string().regex(namePatterns.field.pattern, namePatterns.field.fault);
const logicalName = z.string().regex(namePatterns.logical.pattern, namePatterns.logical.fault);

/** Most fields of one table, and most tables of one organization. */
export const maxFields = 100;
export const maxTables = 50;
/** Most fields and links of all tables of an organization together, so that a draft fits into a request. */
export const maxFieldsInAll = 300;
/** The sentence for more than {@link maxFieldsInAll}. */
export const tooManyInAll = `All tables together can have at most ${maxFieldsInAll} fields and links.`;

/** The first of these that occurs twice. */
function repeated(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) < index);
}

function namesOf(input: unknown, key: string): string[] {
  return (input as Record<string, unknown>[]).map((one) => String(one[key]));
}

/** How one column becomes one field. A required field without a value is an error, unless it has a default. */
export const fieldMapping = z.strictObject({
  field: fieldName,
  column: logicalName,
  type: fieldType,
  required: z.boolean().optional(),
  /** Taken when a new row has no value. Read like a column's value, so it is checked like one. */
  default: z
    .union([z.string().max(200, "A default can have at most 200 characters."), z.number(), z.boolean()])
    .optional(),
});
/** See {@link fieldMapping}. */
export type FieldMapping = z.infer<typeof fieldMapping>;

/** How an N:N relationship becomes fields: each linked row is a field of its own, `<field>/<id>`. */
export const linkMapping = z.strictObject({ relationship: logicalName, field: fieldName });
/** See {@link linkMapping}. */
export type LinkMapping = z.infer<typeof linkMapping>;

/** How the rows of one table become records of one kind. */
export const mapping = z.strictObject({
  /** Grows with every change, so that a result can say by which mapping it came about; 0 for the mappings that an organization starts with. */
  version: z.int().nonnegative(),
  kind: recordKind,
  table: logicalName,
  /** The table's primary key column. */
  idColumn: logicalName,
  /** The Web API's name for the table's rows, when it is not the usual plural. */
  entitySet: logicalName.optional(),
  fields: z
    .array(fieldMapping)
    .max(maxFields, `A table can have at most ${maxFields} fields.`)
    .refine((fields) => repeated(fields.map(({ field }) => field)) === undefined, {
      error: ({ input }) =>
        `Field ${repeated(namesOf(input, "field"))} is there twice: two columns cannot become the same field.`,
    }),
  /** Of a relationship only one: Dataverse is not strict about the case of its name. */
  links: z
    .array(linkMapping)
    .refine((links) => repeated(links.map(({ relationship }) => relationship.toLowerCase())) === undefined, {
      error: ({ input }) => {
        const names = namesOf(input, "relationship").map((name) => name.toLowerCase());
        return `Relationship ${repeated(names)} is there twice: a relationship can become one field.`;
      },
    }),
});
/** See {@link mapping}. */
export type Mapping = z.infer<typeof mapping>;

/** An organization's mappings: at most one per table. */
export type MappingSet = readonly Mapping[];

/** One set of an organization's mappings: what was in force from one change of them until the next. */
export const mappingVersion = z.object({
  version: z.int(),
  savedAt: instant.nullable(),
  /** Null for the mappings that every organization starts with. */
  savedBy: z.string().nullable(),
  mappings: z.array(mapping),
});
export type MappingVersion = z.infer<typeof mappingVersion>;

/** The mapping in force, and the last 50 versions, newest first; the last is always 0, which every organization starts with. */
export const mappingOverview = z.object({
  current: mappingVersion,
  versions: z.array(mappingVersion.omit({ mappings: true })),
});
export type MappingOverview = z.infer<typeof mappingOverview>;

/** Mappings as an administrator edits them: the version is given when they are saved. */
export const mappingDraft = z
  .array(mapping.omit({ version: true }))
  .min(1, "Map at least one table.")
  .max(maxTables, `At most ${maxTables} tables can be mapped.`)
  .refine((mappings) => repeated(mappings.map(({ table }) => table)) === undefined, {
    error: ({ input }) =>
      `Table ${repeated(namesOf(input, "table"))} is there twice: a table can be mapped once.`,
  })
  .refine(
    (mappings) =>
      mappings.reduce((sum, { fields, links }) => sum + fields.length + links.length, 0) <= maxFieldsInAll,
    tooManyInAll,
  );
export type MappingDraft = z.infer<typeof mappingDraft>;

/** Body of `POST …/portal/mapping`; `If-Match` holds the version that was edited. */
export const newMapping = z.strictObject({ mappings: mappingDraft });

/** The codes of events that failed because the mapping could not take a value: a new version of it can repair them. */
export const mappingCodes = [
  "mapping.valueInvalid",
  "mapping.requiredMissing",
] as const satisfies OutcomeCode[];

/** Most events that one trial reads. */
export const maxTried = 100;

/** Body of `POST …/portal/mapping/dry-run`. */
export const mappingDryRunRequest = z.strictObject({
  mappings: mappingDraft,
  /** Stored events to read, newest first. */
  events: z.int().min(1).max(maxTried).default(25),
  /** `failed`: only events with one of the {@link mappingCodes}. */
  of: z.enum(["newest", "failed"]).default("newest"),
  /** An event that is read first, whichever the others are; left out when it is no longer kept. */
  including: z.optional(eventId),
});
export type MappingDryRunRequest = z.infer<typeof mappingDryRunRequest>;

/**
 * How one stored event would be read: what would become of it, and each field of its rows. `success` means that every
 * value can be taken; whether the record has it already is not looked up. `message` says why an event would end otherwise.
 */
export const mappingDryRunEvent = z.object({
  eventId,
  eventType: z.string(),
  receivedAt: instant,
  /** False where its content is not kept, or its row would have to be read from Dynamics: then it keeps its outcome. */
  tried: z.boolean(),
  outcomeNow: outcome,
  outcomeThen: outcome,
  // The web portal's build drops a schema that calls `z` alone; `outcomeCode.nullable()` it would keep, and zod with it.
  codeThen: z.nullable(outcomeCode),
  /**
   * Whether the draft makes a difference: it reads the event otherwise than the mapping in force, or takes it although
   * it failed. Unknown, so false, where the row would have to be read from Dynamics.
   */
  changed: z.boolean(),
  message: z.string().nullable(),
  fields: z.array(
    z.object({
      field: z.string(),
      column: z.string(),
      status: z.enum(["PRESENT", "MISSING", "DEFAULT_USED", "INVALID"]),
      /** Masked unless the mapping in force reads the column too: then the event's changes show it anyway. */
      value: z.unknown(),
      problem: z.string().nullable(),
    }),
  ),
});
export const mappingDryRun = z.object({
  events: z.array(mappingDryRunEvent),
  /** Whether more events failed than were read; false for the newest. */
  more: z.boolean(),
  /** Fields that take as text what the type in force refuses: one such value, and how many of the events have one. */
  unchecked: z.array(z.object({ table: z.string(), field: z.string(), value: z.string(), events: z.int() })),
  /** How often each field of the draft was found in which state, over all rows of the events read. */
  summary: z.array(
    z.object({
      table: z.string(),
      field: z.string(),
      PRESENT: z.int(),
      MISSING: z.int(),
      DEFAULT_USED: z.int(),
      INVALID: z.int(),
    }),
  ),
});
export type MappingDryRun = z.infer<typeof mappingDryRun>;
