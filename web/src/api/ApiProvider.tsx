import { QueryClientProvider } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSession } from "../auth/Session.ts";
import { ApiContext } from "./ApiContext.ts";
import { createApiGet, createApiOpen, createApiRequest } from "./client.ts";
import { createQueries } from "./createQueries.ts";
import type { ReactNode } from "react";

/** Provides the API in the name of the signed-in person. */
export function ApiProvider({ baseUrl, children }: { baseUrl: string; children: ReactNode }) {
  const { getToken } = useSession();
  const [queries] = useState(createQueries);
  const api = useMemo(() => {
    const options = {
      apiBaseUrl: baseUrl,
      getToken,
      fetch: (url: string, init: RequestInit) => fetch(url, init),
    };
    return {
      get: createApiGet(options),
      request: createApiRequest(options),
      open: createApiOpen(options),
      baseUrl,
    };
  }, [baseUrl, getToken]);
  return (
    <ApiContext value={api}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ApiContext>
  );
}
