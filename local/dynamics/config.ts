import { z } from "zod";
import { sampleEnvironments } from "./sample.ts";

const environment = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  organizationId: z.guid().transform((id) => id.toLowerCase()),
  webhook: z.object({ url: z.url(), key: z.string() }).optional(),
  /** 0 sends text beyond ASCII encoded twice, 1 as UTF-8. Default: as the sample environments are registered. */
  messageCharset: z.union([z.literal(0), z.literal(1)]).optional(),
});

const auth = z.object({
  issuer: z.string(),
  jwksUri: z.url(),
  /** Named in the 401 challenge. Default: the issuer. */
  authorizationUri: z.string().optional(),
});

const schema = z.object({
  environments: z
    .array(environment)
    .min(1)
    .default([...sampleEnvironments]),
  /** Left out, the Web API asks for no token. */
  auth: auth.optional(),
});

/** What the configuration file of the process says. */
type Config = z.output<typeof schema>;

/** How bearer tokens are checked. */
export type TokenCheckConfig = z.output<typeof auth>;

/** Reads the configuration file's text; everything that is wrong with it is in one message. */
export function parseConfig(text: string): Config {
  const result = schema.safeParse(JSON.parse(text));
  if (result.success) return result.data;
  throw new TypeError(
    `The configuration of the simulated Dynamics 365 is not valid.\n${z.prettifyError(result.error)}`,
  );
}
