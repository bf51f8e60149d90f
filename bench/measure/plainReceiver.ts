import { join } from "node:path";
import type { StackOptions } from "../../local/stack/options.ts";
import { sampleOrganizations } from "../../local/stack/sampleOrganizations.ts";
import { root } from "../../scripts/run.ts";

/** A stack that runs the plain receiver in the place of Portal Sync; it knows the keys of the sample organizations. */
export const plainReceiver: Partial<StackOptions> = {
  app: join(root, "bench/baseline"),
  apart: null,
  settings: {
    BASELINE_KEYS: JSON.stringify(Object.fromEntries(sampleOrganizations.map(({ id, key }) => [id, key]))),
  },
};
