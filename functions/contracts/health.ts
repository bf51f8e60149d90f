import { z } from "zod";

/** The verdict on one organization, worst first: this is also the order of attention on the platform screen. */
export const healthState = z.enum(["silent", "attention", "neverConnected", "paused", "healthy"]);
export type HealthState = z.infer<typeof healthState>;

/** A verdict that can say why it is what it is. */
export const health = z.object({
  state: healthState,
  /** The rule that made the verdict, with its numbers, as one sentence. */
  rule: z.string(),
  /** What would turn it green; null when it is. */
  remedy: z.string().nullable(),
  /** The values that the rule looked at. */
  inputs: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type Health = z.infer<typeof health>;
