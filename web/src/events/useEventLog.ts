import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useApi } from "../api/ApiContext.ts";
import { readAfterError, untilNextAttempt } from "../api/readAgain.ts";
import { useLastError } from "../api/useLastError.ts";
import { apiQuery } from "./eventFilter.ts";
import { showAside, startList, takeNewest, takeOlder } from "./eventList.ts";
import type { ApiGet } from "../api/client.ts";
import type { EventFilter } from "./eventFilter.ts";
import type { KeyedList } from "./eventList.ts";
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
  /** Ids of events that must stay in the list while they are in it, because they are selected. */
  selected: ReadonlySet<string>;
}

interface OlderRequest {
  /** The log and filter that the events are of. */
  key: string;
  query: Record<string, string | number | null>;
  cursor: string;
}

/** The event log of a filter, kept up to date. */
export function useEventLog({ path, filter, version, held, selected }: EventLogOptions) {
  const { get } = useApi();
  const [state, setState] = useState<KeyedList | null>(null);
  const key = JSON.stringify([path, filter]);
  const list = state?.key === key ? state.list : null;
  const older = useMutation({
    mutationFn: ({ query, cursor }: OlderRequest) => readPage(get, path, query, cursor),
    onSuccess: (page, asked) => setState((current) => takeOlder(current, asked, page)),
  });
  const { variables: asked, isPending, error: olderError } = older;
  const olderIsOfList = asked?.key === key && asked.cursor === list?.nextCursor;
  const loadingOlder = olderIsOfList && isPending;

  // A list that began anew while older events are on their way could not take them in.
  const still = held || loadingOlder || (list?.shown.some(({ eventId }) => selected.has(eventId)) ?? false);

  const latest = useRef(version);
  useEffect(() => {
    latest.current = version;
  });
  const newest = useQuery({
    queryKey: ["events", key],
    queryFn: async ({ signal }) => {
      const asOf = latest.current;
      const query = { ...apiQuery(filter, Date.now()), limit: pageSize };
      const page = await readPage(get, path, query, null, signal);
      return { key, asOf, query, page };
    },
    gcTime: 0,
    refetchInterval: (query) =>
      query.state.error
        ? readAfterError(query)
        : untilNextAttempt(query.state.data?.page.items ?? [], Date.now()),
    refetchOnWindowFocus: false,
  });
  const { data, isFetching, isError, refetch } = newest;
  useEffect(() => {
    if (data && data.asOf !== version && version !== null && !isFetching && !isError) void refetch();
  }, [version, data, isFetching, isError, refetch]);
  const [taken, setTaken] = useState<{ data: typeof data; still: boolean } | null>(null);
  // What was set aside while the list had to stay as it was is caught up with as soon as it may move again.
  if (data && (data !== taken?.data || still !== taken.still)) {
    setTaken({ data, still });
    setState((current) => ({
      key: data.key,
      list: current?.key === data.key ? takeNewest(current.list, data.page, still) : startList(data.page),
    }));
  }

  return {
    list,
    error: useLastError(newest, key),
    retry: refetch,
    loadOlder: () => {
      if (list?.nextCursor && data)
        older.mutate({ key: data.key, query: data.query, cursor: list.nextCursor });
    },
    loadingOlder,
    olderError: olderIsOfList ? olderError : null,
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
