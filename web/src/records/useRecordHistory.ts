import { useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext.ts";
import { organizationPath } from "../api/queries.ts";
import type { RecordHistory } from "../../../functions/contracts/records.ts";

/** A record as it is here, and the events that touched it, page by page. */
export function useRecordHistory(organizationId: string, recordId: string) {
  const { get } = useApi();
  return useInfiniteQuery({
    queryKey: ["record", organizationId, recordId],
    queryFn: ({ pageParam, signal }) =>
      get<RecordHistory>(
        `${organizationPath(organizationId)}/records/${encodeURIComponent(recordId)}`,
        { cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchOnWindowFocus: false,
  });
}
