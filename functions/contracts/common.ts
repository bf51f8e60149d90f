import { z } from "zod";

/** An instant as ISO 8601 in UTC with milliseconds; what is absent is null, never missing. */
export const instant = z.iso.datetime({ precision: 3 });

/** Id of an organization: a short slug, safe in a URL and in a storage key. */
export const organizationId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,39}$/,
    "Use 1 to 40 lower-case letters, digits and hyphens, starting with a letter or digit.",
  );

/** A Dataverse or Entra identifier. Versions are not checked: Dataverse makes ids of its own kind. */
export const guid = z
  .string()
  .regex(
    /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/,
    "Use a GUID such as 00000000-0000-0000-0000-000000000000.",
  )
  .transform((text) => text.toLowerCase());

/** Id of one event: 32 hexadecimal digits, the same for every repetition of the same delivery. */
export const eventId = z.string().regex(/^[0-9a-f]{32}$/, "An event id has 32 hexadecimal digits.");

/** Error answer (RFC 9457) of every route; `code` is stable, `detail` is written for the person who reads it. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  correlationId: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

/** What became of an event. */
export const outcome = z.enum(["success", "error", "skipped"]);
export type Outcome = z.infer<typeof outcome>;

/** Number of events by outcome. */
export const outcomeCounts = z.object({
  success: z.int().nonnegative(),
  error: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
});
export type OutcomeCounts = z.infer<typeof outcomeCounts>;
