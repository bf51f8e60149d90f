import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext.ts";
import { organizationPath, useMe } from "../api/queries.ts";
import type { Answer } from "../api/client.ts";
import type {
  CreatedKey,
  NewKey,
  NewOrganization,
  Organization,
  OrganizationChange,
} from "../../../functions/contracts/organizations.ts";
import type { SetupGuide } from "../../../functions/contracts/setup.ts";

/** Whether the person is a global administrator; false until that is known. */
export function useIsGlobal(): boolean {
  return useMe().data?.roles.includes("Platform.Admin") ?? false;
}

/** One organization and its settings, with the ETag that a change of them needs. */
export function useOrganization(organizationId: string) {
  const { request } = useApi();
  return useQuery({
    queryKey: ["organization", organizationId],
    queryFn: ({ signal }) => request<Organization>("GET", address(organizationId), { signal }),
  });
}

/** How to make Dynamics send its changes here. */
export function useSetupGuide(organizationId: string) {
  const { get } = useApi();
  return useQuery({
    queryKey: ["setup", organizationId],
    queryFn: ({ signal }) => get<SetupGuide>(`${organizationPath(organizationId)}/registration`, {}, signal),
  });
}

/** Reads again whatever a change of an organization's settings can have touched. */
function useRefresh(organizationId: string): () => void {
  const queries = useQueryClient();
  return () => {
    for (const what of ["organization", "setup", "alerts", "audit", "portal-status"])
      void queries.invalidateQueries({ queryKey: [what, organizationId] });
    void queries.invalidateQueries({ queryKey: ["me"] });
  };
}

/** Changes settings, guarded by the version that the change was made from. */
export function useChangeOrganization(organizationId: string) {
  const { request } = useApi();
  const queries = useQueryClient();
  const refresh = useRefresh(organizationId);
  return useMutation({
    mutationFn: ({ change, etag }: { change: OrganizationChange; etag: string | null }) =>
      request<Organization>("PATCH", address(organizationId), {
        body: change,
        ...(etag === null ? {} : { ifMatch: etag }),
      }),
    onSuccess: (changed) => {
      queries.setQueryData<Answer<Organization>>(["organization", organizationId], changed);
      refresh();
    },
  });
}

/** Creates an organization. */
export function useCreateOrganization() {
  const { request } = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (organization: NewOrganization) =>
      request<Organization>("POST", "/organizations", { body: organization }),
    onSuccess: (created) => {
      queries.setQueryData<Answer<Organization>>(["organization", created.body.id], created);
      for (const what of ["me", "platform-status"]) void queries.invalidateQueries({ queryKey: [what] });
    },
  });
}

/** What can be done with an organization's keys and its intake. */
export function useOrganizationActions(organizationId: string) {
  const { request } = useApi();
  const refresh = useRefresh(organizationId);
  const portal = organizationPath(organizationId);
  const change = async <T>(method: "POST" | "DELETE", path: string, body?: unknown): Promise<T> => {
    const answer = await request<T>(method, `${portal}${path}`, body === undefined ? {} : { body });
    refresh();
    return answer.body;
  };
  return {
    createKey: (key: NewKey) => change<CreatedKey>("POST", "/keys", key),
    revokeKey: (keyId: string) => change<undefined>("DELETE", `/keys/${encodeURIComponent(keyId)}`),
    pause: () => change<Organization>("POST", "/pause"),
    resume: () => change<Organization>("POST", "/resume"),
  };
}

function address(organizationId: string): string {
  return `/organizations/${encodeURIComponent(organizationId)}`;
}
