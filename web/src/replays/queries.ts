import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApi } from "../api/ApiContext.ts";
import { isTransient } from "../api/problem.ts";
import { organizationPath } from "../api/queries.ts";
import { isRunning } from "./replayWords.ts";
import type {
  Replay,
  ReplayEstimate,
  ReplayItem,
  ReplaySelection,
} from "../../../functions/contracts/replays.ts";

/** How often a replay that runs is read, in milliseconds. */
const refreshEvery = 2000;

const path = (organizationId: string): string => `${organizationPath(organizationId)}/replays`;
const onePath = (organizationId: string, replayId: string): string =>
  `${path(organizationId)}/${encodeURIComponent(replayId)}`;

/** What a replay of a selection would do. It is asked for once each time the question comes up. */
export function useReplayEstimate(organizationId: string, selection: ReplaySelection) {
  const { request } = useApi();
  return useQuery({
    queryKey: ["replay-estimate", organizationId, selection],
    queryFn: async ({ signal }) => {
      const body = { ...selection, dryRun: true };
      return (await request<ReplayEstimate>("POST", path(organizationId), { body, signal })).body;
    },
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

/** Starts a replay of a selection. */
export function useStartReplay(organizationId: string) {
  const { request } = useApi();
  return useMutation({
    mutationFn: async (selection: ReplaySelection) =>
      (await request<Replay>("POST", path(organizationId), { body: { ...selection, dryRun: false } })).body,
  });
}

/** The last replays, kept up to date while one of them runs. */
export function useReplays(organizationId: string) {
  const { get } = useApi();
  return useQuery({
    queryKey: ["replays", organizationId],
    queryFn: ({ signal }) => get<{ items: Replay[] }>(path(organizationId), {}, signal),
    refetchInterval: ({ state: { data, error } }) => {
      if (error && !isTransient(error)) return false;
      return data?.items.some(isRunning) ? refreshEvery : false;
    },
  });
}

/** One replay, kept up to date while it runs. */
export function useReplay(organizationId: string, replayId: string) {
  const { get } = useApi();
  return useQuery({
    queryKey: ["replay", organizationId, replayId],
    queryFn: ({ signal }) => get<Replay>(onePath(organizationId, replayId), {}, signal),
    refetchInterval: ({ state }) => {
      if (state.error && !isTransient(state.error)) return false;
      return !state.data || isRunning(state.data) ? refreshEvery : false;
    },
  });
}

/** Stops a replay; the answer takes its place on the screen. */
export function useStopReplay(organizationId: string, replayId: string) {
  const { request } = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => (await request<Replay>("POST", `${onePath(organizationId, replayId)}/stop`)).body,
    onSuccess: (replay) => queries.setQueryData(["replay", organizationId, replayId], replay),
  });
}

/** A page of what a replay did. */
interface ItemsPage {
  items: ReplayItem[];
  nextCursor: string | null;
}

/**
 * After how many milliseconds the pages of a replay that runs are read again; false for never. The list only grows at
 * its end, so it is read again where its end is shown. Each page costs a request, so many are read less often.
 */
export function itemsEvery(pages: readonly Pick<ItemsPage, "nextCursor">[]): number | false {
  return pages.at(-1)?.nextCursor ? false : refreshEvery * Math.max(pages.length, 1);
}

/** What a replay did so far, page by page; kept up to date while it runs. */
export function useReplayItems(organizationId: string, replayId: string, running: boolean) {
  const { get } = useApi();
  const query = useInfiniteQuery({
    queryKey: ["replay-items", organizationId, replayId],
    queryFn: ({ pageParam, signal }) =>
      get<ItemsPage>(`${onePath(organizationId, replayId)}/items`, { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state: { data, error } }) => {
      if (!running || (error && !isTransient(error))) return false;
      return itemsEvery(data?.pages ?? []);
    },
    refetchOnWindowFocus: false,
  });
  const { refetch } = query;
  useEffect(() => {
    if (!running) void refetch();
  }, [running, refetch]);
  return query;
}
