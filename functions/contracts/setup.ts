import { z } from "zod";

/** One request to the Dataverse Web API. In its address and body, `{name}` stands for what an earlier request found. */
export const setupRequest = z.object({
  method: z.enum(["GET", "POST", "PATCH"]),
  /** What follows the environment's address. */
  url: z.string(),
  body: z.unknown().optional(),
  /** Sent always, or only when the last GET found a row, or found none. */
  when: z.enum(["always", "found", "missing"]),
  /** What to keep of the answer: this property of its first row, under this name. */
  keep: z.object({ name: z.string(), property: z.string() }).nullable(),
  /** What is wrong when a GET finds nothing; null when that is in order. */
  ifNothing: z.string().nullable(),
});
export type SetupRequest = z.infer<typeof setupRequest>;

/** One step of setting up Dynamics, by hand or by the request. */
export const setupStep = z.object({
  title: z.string(),
  /** What to do in the tools of Dynamics, in plain words. */
  byHand: z.string(),
  requests: z.array(setupRequest),
});
export type SetupStep = z.infer<typeof setupStep>;

/** What the script asks for, and what it says when all is done: a person is told before to expect it. */
export const setupScriptWords = {
  keyPrompt: "Webhook key of Portal Sync",
  done: "Done. Change a row of a mapped table: within seconds its event is in the event log of Portal Sync.",
} as const;

/** How an organization's Dynamics environment is made to send its changes here. */
export const setupGuide = z.object({
  /** Where Dynamics has to send its webhooks. The key is not part of it. */
  webhookUrl: z.string(),
  steps: z.array(setupStep),
  /** A script that does all of it; it asks for the key and the sign-in and holds no secret. */
  script: z.object({ language: z.literal("powershell"), fileName: z.string(), text: z.string() }),
});
export type SetupGuide = z.infer<typeof setupGuide>;
