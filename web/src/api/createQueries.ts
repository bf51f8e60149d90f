import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { hasTimedOut, isTransient, reportUnforeseen } from "./problem.ts";

/**
 * Creates what reads and changes through the API for all screens. Both are tried at once without a connection too:
 * what was clicked must not be done later by itself, and what cannot be read must not look up to date.
 */
export function createQueries(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: reportUnforeseen }),
    mutationCache: new MutationCache({ onError: reportUnforeseen }),
    defaultOptions: {
      queries: {
        networkMode: "always",
        retry: (failures, error) => failures < 2 && isTransient(error) && !hasTimedOut(error),
        refetchOnReconnect: true,
        refetchOnWindowFocus: true,
        staleTime: 1000,
      },
      mutations: { networkMode: "always" },
    },
  });
}
