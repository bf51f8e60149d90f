import type { AttributeValue } from "./dataContract.ts";

/** The messages that the simulated environment raises. */
export type Message = "Create" | "Update" | "Delete" | "Associate" | "Disassociate";

/** A copy of the row that travels beside the Target, under the alias that it was registered with. */
export type Image = {
  alias: string;
  attributes: Record<string, AttributeValue>;
  formatted?: Record<string, string>;
};

/** What happened in an environment. Ids that are left out are random, all else has a fixed default. */
export type ContextDescription = {
  organizationId: string;
  /** Default: `unq` and the organization id without dashes, cut to 32 characters. */
  organizationName?: string;
  table: string;
  message: Message;
  /** The row. */
  id: string;
  /** The table's id column. Default: the table's name and `id`. */
  primaryKey?: string;
  /** The columns that the caller submitted (Create, Update). */
  attributes?: Record<string, AttributeValue>;
  /** The columns that the platform adds to those: defaults, owner, who and when. Default for Update: who and when. */
  platformAttributes?: Record<string, AttributeValue>;
  /** Display texts by column, present on Create. */
  formatted?: Record<string, string>;
  /** When the row was written; one second resolution, as the column `modifiedon` has. */
  modifiedOn: Date;
  /** When the system job was created. Default: `modifiedOn`. */
  operationCreatedOn?: Date;
  /** The row's display name: the image that the platform adds to every asynchronous step. */
  primaryName?: { column: string; value: string | null };
  preImages?: Image[];
  postImages?: Image[];
  /** Associate and Disassociate: the relationship and the rows at its other end. */
  related?: { relationship: string; rows: { table: string; id: string }[] };
  /** Default `async`: a system job sends it after the write. `sync`: sent inside the write's transaction. */
  mode?: "async" | "sync";
  operationId?: string;
  requestId?: string;
  correlationId?: string;
  stepId?: string;
  /** Shown in OwningExtension of synchronous steps. */
  stepName?: string;
  userId?: string;
  userDirectoryId?: string;
  userAgent?: string;
  businessUnitId?: string;
  depth?: number;
  /** The caller's `?tag=`: arrives as shared variable, so that an integration recognizes its own writes. */
  tag?: string;
  acceptLanguage?: string;
  /** The app that the write came from, as model-driven apps name themselves. */
  applicationName?: string;
};

/** The id that stands where no one is named. */
export const NOBODY = "00000000-0000-0000-0000-000000000000";

/** The column that holds the row's id. */
export function idColumn(what: ContextDescription): string {
  return what.primaryKey ?? `${what.table}id`;
}
