import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useApi } from "../api/ApiContext.ts";
import { apiQuery } from "./eventFilter.ts";
import { addOlder, showAside, startList, takeNewest } from "./eventList.ts";
import type { ApiGet } from "../api/client.ts";
import type { EventFilter } from "./eventFilter.ts";
import type { EventList } from "./eventList.ts";
import type { EventPage } from "../../../functions/contracts/portal.ts";

const pageSize = 50;
/** A search may have to pass over many rows that do not match: so many empty pages are passed over unasked. */
const mostEmptyPages = 4;

interface EventLogOptions {
  path: string;
  filter: EventFilter;
  /** Changes when something happened in the log; null while that is not known. */
  version: string | null;
  /** Whether the list must stay as it is because it is being read. */
  held: boolean;
}

/** The event log of a filter, kept up to date. */
export function useEventLog({ path, filter, version, held }: EventLogOptions) {
  const { get } = useApi();
  const [state, setState] = useState<{ key: string; list: EventList } | null>(null);
  const key = JSON.stringify([path, filter]);
  const latest = useRef({ version, held });
  useEffect(() => {
    latest.current = { version, held };
  });

  const newest = useQuery({
    queryKey: ["events", key],
    queryFn: async ({ signal }) => {
      const asOf = latest.current.version;
      const query = { ...apiQuery(filter, Date.now()), limit: pageSize };
      return { key, asOf, query, page: await readPage(get, path, query, null, signal) };
    },
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const { data, isFetching, refetch } = newest;
  useEffect(() => {
    if (version !== null && data && !isFetching && data.asOf !== version) void refetch();
  }, [version, data, isFetching, refetch]);
  useEffect(() => {
    if (data)
      setState((current) => ({
        key: data.key,
        list:
          current?.key === data.key
            ? takeNewest(current.list, data.page, latest.current.held)
            : startList(data.page),
      }));
  }, [data]);

  const list = state?.key === key ? state.list : null;
  const older = useMutation({
    mutationFn: async ({
      query,
      cursor,
    }: {
      query: Record<string, string | number | null>;
      cursor: string;
    }) => readPage(get, path, query, cursor),
    onSuccess: (page) => setState((current) => current && { ...current, list: addOlder(current.list, page) }),
  });
  return {
    list,
    error: newest.error,
    retry: refetch,
    loadOlder: () => {
      if (list?.nextCursor && data) older.mutate({ query: data.query, cursor: list.nextCursor });
    },
    loadingOlder: older.isPending,
    olderError: older.error,
    showNew: () => setState((current) => current && { ...current, list: showAside(current.list) }),
  };
}

async function readPage(
  get: ApiGet,
  path: string,
  query: Record<string, string | number | null>,
  from: string | null,
  signal?: AbortSignal,
): Promise<EventPage> {
  let page = await get<EventPage>(path, { ...query, cursor: from }, signal);
  for (
    let passed = 1;
    page.items.length === 0 && page.nextCursor !== null && passed < mostEmptyPages;
    passed++
  )
    page = await get<EventPage>(path, { ...query, cursor: page.nextCursor }, signal);
  return page;
}
