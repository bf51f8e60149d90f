import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { mappingCodes, maxTried } from "../../../functions/contracts/mapping.ts";
import { useApi } from "../api/ApiContext.ts";
import { organizationPath } from "../api/queries.ts";
import type { EventPage } from "../../../functions/contracts/portal.ts";
import type {
  MappingDraft,
  MappingDryRun,
  MappingDryRunRequest,
  MappingOverview,
  MappingVersion,
} from "../../../functions/contracts/mapping.ts";

/** The mapping in force and its versions. */
export function useMapping(organizationId: string) {
  const { get } = useApi();
  return useQuery({
    queryKey: ["mapping", organizationId],
    queryFn: ({ signal }) => get<MappingOverview>(address(organizationId), {}, signal),
  });
}

/** Reads one version of the mapping; a version never changes. */
export function useReadVersion(organizationId: string): (version: number) => Promise<MappingVersion> {
  const { get } = useApi();
  const queries = useQueryClient();
  return (version) =>
    queries.fetchQuery({
      queryKey: ["mapping-version", organizationId, version],
      queryFn: ({ signal }) => get<MappingVersion>(`${address(organizationId)}/${version}`, {}, signal),
      staleTime: Infinity,
    });
}

/** What a trial was made of, so that its result is never taken for that of another draft. */
interface Trial {
  draft: MappingDraft;
  fingerprint: string;
  choice: TrialChoice;
}

/** Which stored events a trial reads. */
export type TrialChoice = Pick<MappingDryRunRequest, "of" | "events" | "including">;

/** How many stored events failed because the mapping could not take a value; more than a trial reads are not counted. */
export function useFailedEvents(organizationId: string) {
  const { get } = useApi();
  return useQuery({
    queryKey: ["mapping-failures", organizationId],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        mappingCodes.map((code) =>
          get<EventPage>(
            `${organizationPath(organizationId)}/events`,
            { outcome: "error", code, limit: maxTried },
            signal,
          ),
        ),
      );
      const count = pages.reduce((sum, { items }) => sum + items.length, 0);
      return { count, more: count > maxTried || pages.some(({ nextCursor }) => nextCursor !== null) };
    },
  });
}

/** Tries a draft on stored events; writes nothing. */
export function useTryMapping(organizationId: string) {
  const { request } = useApi();
  return useMutation({
    mutationFn: async ({ draft, choice }: Trial) => {
      const body = { mappings: draft, ...choice };
      return (await request<MappingDryRun>("POST", `${address(organizationId)}/dry-run`, { body })).body;
    },
  });
}

/** Saves a draft as the next version, guarded by the version that it was made from. */
export function useSaveMapping(organizationId: string) {
  const { request } = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ draft, base }: { draft: MappingDraft; base: MappingVersion }) => {
      const parts = { body: { mappings: draft }, ifMatch: `"${base.version}"` };
      return (await request<MappingOverview>("POST", address(organizationId), parts)).body;
    },
    onSuccess: (overview) => {
      queries.setQueryData(["mapping", organizationId], overview);
      for (const what of ["audit", "setup"])
        void queries.invalidateQueries({ queryKey: [what, organizationId] });
    },
  });
}

function address(organizationId: string): string {
  return `${organizationPath(organizationId)}/mapping`;
}
