import { useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext.ts";
import type { AuditPage } from "../../../functions/contracts/audit.ts";

/** The audit log of an organization, newest first, a page at a time. */
export function useAudit(organizationId: string) {
  const { get } = useApi();
  return useInfiniteQuery({
    queryKey: ["audit", organizationId],
    queryFn: ({ pageParam, signal }) =>
      get<AuditPage>(
        `/organizations/${encodeURIComponent(organizationId)}/audit`,
        { limit: 50, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // Reading every loaded page again on each return to the window would cost more with each page.
    refetchOnWindowFocus: false,
  });
}
