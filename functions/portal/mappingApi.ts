import type { routes } from "../contracts/routes.ts";
import type { MappingDraft, MappingOverview } from "../contracts/mapping.ts";
import type { Call, Reply, RouteServices } from "../identity/route.ts";
import type { Audit } from "../organizations/audit.ts";
import { ApiProblem } from "../platform/http/problem.ts";
import { checkDefaults } from "../records/checkDefaults.ts";
import { mappingChanges } from "../records/mappingChanges.ts";
import type { Mappings } from "../records/mappingProvider.ts";
import { savedMeanwhile } from "../records/mappingStore.ts";
import type { MappingStore } from "../records/mappingStore.ts";
import type { LogTables } from "../sync-log/logTables.ts";
import { dryRunMapping } from "./dryRunMapping.ts";
import type { OversizeStore } from "./oversize.ts";
import { triedEvents } from "./triedEvents.ts";

export interface MappingServices extends RouteServices, LogTables {
  mappingStore: MappingStore;
  mappings: Mappings;
  audit: Pick<Audit, "record">;
  oversize: OversizeStore;
}

type Routes = typeof routes;

export async function getMapping(
  { mappingStore }: MappingServices,
  { params }: Call<Routes["getMapping"]>,
): Promise<Reply<Routes["getMapping"]>> {
  return versioned(await mappingStore.overview(params.id));
}

export async function getMappingVersion(
  { mappingStore }: MappingServices,
  { params }: Call<Routes["getMappingVersion"]>,
): Promise<Reply<Routes["getMappingVersion"]>> {
  const version = await mappingStore.version(params.id, params.version);
  if (version) return { body: version };
  throw new ApiProblem(
    404,
    "mapping.versionNotFound",
    "No such version",
    `The mapping has no version ${params.version}.`,
  );
}

/** Saves the next version. Events that are processed from then on are read by it, in other processes within 30 s. */
export async function changeMapping(
  { mappingStore, mappings, audit }: MappingServices,
  { params, body, caller, ifMatch }: Call<Routes["changeMapping"]>,
): Promise<Reply<Routes["changeMapping"]>> {
  requireFittingDefaults(body.mappings);
  const current = await mappingStore.newest(params.id);
  // A proxy that compresses answers marks their ETags as weak.
  if (ifMatch !== "*" && ifMatch?.replace(/^W\//, "") !== toEtag(current.version))
    throw savedMeanwhile(current.version);
  const changes = mappingChanges(current.mappings, body.mappings);
  if (changes.length === 0)
    throw new ApiProblem(
      400,
      "mapping.unchanged",
      "Nothing was changed",
      `The mapping is the same as version ${current.version}, so there is nothing to save.`,
    );
  const saved = await mappingStore.save(params.id, current.version, body.mappings, caller.name);
  mappings.forget(params.id);
  await audit.record(params.id, caller, "mapping.changed", `version ${saved.version}`, changes);
  return versioned(await mappingStore.overview(params.id));
}

/** How stored events would be read by a draft. Writes nothing. */
export async function tryMapping(
  services: MappingServices,
  { params, body }: Call<Routes["tryMapping"]>,
): Promise<Reply<Routes["tryMapping"]>> {
  requireFittingDefaults(body.mappings);
  const [inForce, { events, more }] = await Promise.all([
    services.mappings.of(params.id),
    triedEvents(services, params.id, body),
  ]);
  return { body: { ...(await dryRunMapping(body.mappings, inForce, events, services.oversize)), more } };
}

function requireFittingDefaults(draft: MappingDraft): void {
  const errors = checkDefaults(draft);
  const [first] = errors;
  if (first) throw new ApiProblem(400, "body.invalid", "The mapping is not valid", first.message, { errors });
}

function versioned(overview: MappingOverview) {
  return { body: overview, headers: { etag: toEtag(overview.current.version) } };
}

function toEtag(version: number): string {
  return `"${version}"`;
}
