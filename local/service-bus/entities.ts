/** Which queues the broker serves. Read once at the start; a mistake is reported with all that is wrong. */
import { z } from "zod";

const queueSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,259}$/, "letters, digits, '.', '-' and '_' only"),
  lockDurationSeconds: z.number().positive().max(300),
  maxDeliveryCount: z.int().min(1).max(2000),
  duplicateDetectionWindowSeconds: z
    .number()
    .min(20)
    .max(7 * 86_400)
    .optional(),
  requiresSession: z.boolean().optional(),
  defaultTtlSeconds: z.number().positive().optional(),
  deadLetterOnExpiration: z.boolean().optional(),
});

const entitiesSchema = z.strictObject({ queues: z.array(queueSchema).min(1) });

/** One queue as it is configured; durations in seconds, named as the Azure resource names them. */
export type QueueEntity = z.infer<typeof queueSchema>;

/** The content of an entities file. */
export type Entities = z.infer<typeof entitiesSchema>;

/** Validates entities; throws one error that lists every problem, and refuses the same name twice. */
export function parseEntities(value: unknown): Entities {
  const result = entitiesSchema.safeParse(value);
  if (!result.success) {
    throw new Error(`The Service Bus entities are not usable:\n${z.prettifyError(result.error)}`);
  }
  const names = new Set<string>();
  for (const { name } of result.data.queues) {
    const key = name.toLowerCase();
    if (names.has(key)) throw new Error(`The Service Bus entities name the queue "${name}" twice.`);
    names.add(key);
  }
  return result.data;
}
