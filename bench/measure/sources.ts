import { sampleOrganizations } from "../../local/stack/sampleOrganizations.ts";
import { createStamp } from "../load/stamp.ts";
import type { Stamp } from "../load/stamp.ts";

/** An organization that sends webhooks. */
export interface Source {
  organizationId: string;
  stamp: Stamp;
}

/** The sample organizations as senders; the first one is the noisy one. */
export function createSources(): [Source, ...Source[]] {
  const sources = sampleOrganizations.map((organization) => ({
    organizationId: organization.id,
    stamp: createStamp(organization),
  }));
  return sources as [Source, ...Source[]];
}

/** The next request of each source in turn. */
export function inTurn(sources: readonly Source[]): () => Buffer {
  let turn = 0;
  return () => (sources[turn++ % sources.length] as Source).stamp.nextRequest();
}

/** The next request of one source, but of the others in turn often enough that it has only its share (0 to 1). */
export function mostlyFrom(noisy: Source, share: number, others: readonly Source[]): () => Buffer {
  const nextOfOthers = inTurn(others);
  let owed = 0;
  return () => {
    owed += 1 - share;
    if (owed < 1) return noisy.stamp.nextRequest();
    owed -= 1;
    return nextOfOthers();
  };
}
