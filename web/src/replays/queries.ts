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
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? refreshEvery : false),
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

/**
 * What a replay did so far, page by page. The first page follows a replay that runs; once more pages were asked for
 * they are being read, so they stay as they are until the replay has ended.
 */
export function useReplayItems(organizationId: string, replayId: string, running: boolean) {
  const { get } = useApi();
  const query = useInfiniteQuery({
    queryKey: ["replay-items", organizationId, replayId],
    queryFn: ({ pageParam, signal }) =>
      get<{ items: ReplayItem[]; nextCursor: string | null }>(
        `${onePath(organizationId, replayId)}/items`,
        { cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => (running && (state.data?.pages.length ?? 1) === 1 ? refreshEvery : false),
    refetchOnWindowFocus: false,
  });
  const { refetch } = query;
  useEffect(() => {
    if (!running) void refetch();
  }, [running, refetch]);
  return query;
}
