import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext.ts";
import { organizationPath } from "../api/queries.ts";
import type {
  MappingDraft,
  MappingDryRun,
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
export interface Trial {
  draft: MappingDraft;
  fingerprint: string;
  events: number;
}

/** Tries a draft on stored events; writes nothing. */
export function useTryMapping(organizationId: string) {
  const { request } = useApi();
  return useMutation({
    mutationFn: async ({ draft, events }: Trial) => {
      const body = { mappings: draft, events };
      return (await request<MappingDryRun>("POST", `${address(organizationId)}/dry-run`, { body })).body;
    },
  });
}

/** Saves a draft as the next version, guarded by the version that it was made from. */
export function useSaveMapping(organizationId: string) {
  const { request } = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ draft, base }: { draft: MappingDraft; base: number }) => {
      const parts = { body: { mappings: draft }, ifMatch: `"${base}"` };
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
