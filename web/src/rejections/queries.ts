import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext.ts";
import { organizationPath } from "../api/queries.ts";
import type { RejectionHistory, RejectionPage } from "../../../functions/contracts/rejections.ts";

/** The spans of time over which refused requests are counted. */
export type RejectionPeriod = "24h" | "30d";

/** Refused requests by reason over time, kept up to date. */
export function useRejectionHistory(organizationId: string, period: RejectionPeriod) {
  const { get } = useApi();
  return useQuery({
    queryKey: ["rejection-history", organizationId, period],
    queryFn: ({ signal }) =>
      get<RejectionHistory>(`${organizationPath(organizationId)}/rejections/history`, { period }, signal),
    refetchInterval: 30_000,
  });
}

/** The last refused requests, page by page. */
export function useRejections(organizationId: string) {
  const { get } = useApi();
  return useInfiniteQuery({
    queryKey: ["rejections", organizationId],
    queryFn: ({ pageParam, signal }) =>
      get<RejectionPage>(`${organizationPath(organizationId)}/rejections`, { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchOnWindowFocus: false,
  });
}
