import { ApiError, problemOf } from "./problem.ts";

/** Values of a query string; what is null or undefined is left out. */
export type Query = Record<string, string | number | null | undefined>;

/** Reads one resource of the API. Rejects with {@link ApiError} when the answer is not a success. */
export type ApiGet = <T>(path: string, query?: Query, signal?: AbortSignal) => Promise<T>;

/** What a client stands on. */
export interface ClientOptions {
  apiBaseUrl: string;
  getToken: (options?: { renew?: boolean }) => Promise<string>;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** Creates the one function through which the portal asks the API. A 401 is answered once with a fresh token. */
export function createApiGet({ apiBaseUrl, getToken, fetch }: ClientOptions): ApiGet {
  return async <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> => {
    const url = `${apiBaseUrl}${path}${queryString(query)}`;
    const ask = async (renew: boolean): Promise<Response> =>
      fetch(url, {
        headers: { accept: "application/json", authorization: `Bearer ${await getToken({ renew })}` },
        ...(signal ? { signal } : {}),
      });
    let response = await ask(false);
    if (response.status === 401) response = await ask(true);
    if (!response.ok) throw new ApiError(await problemOf(response));
    return (await response.json()) as T;
  };
}

function queryString(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  return search.size > 0 ? `?${search.toString()}` : "";
}
