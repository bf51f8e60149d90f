import { ApiError, NetworkError, problemOf } from "./problem.ts";

/** Values of a query string; what is null or undefined is left out. */
export type Query = Record<string, string | number | null | undefined>;

/** Reads one resource of the API. Rejects as {@link ApiRequest} does. */
export type ApiGet = <T>(path: string, query?: Query, signal?: AbortSignal) => Promise<T>;

/** An answer and the ETag that names its version; null where it carries none. */
export interface Answer<T> {
  body: T;
  etag: string | null;
}

/** What goes along with a request: a body that is sent as JSON, and the version that a change was made from. */
export interface RequestParts {
  body?: unknown;
  ifMatch?: string;
  signal?: AbortSignal;
}

/** Asks the API for anything. Rejects with {@link ApiError} when the answer is not a success, with {@link NetworkError} without one. */
export type ApiRequest = <T>(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  parts?: RequestParts,
) => Promise<Answer<T>>;

/** Opens a file of the API, to be read while it arrives. Rejects as {@link ApiRequest} does. */
export type ApiOpen = (path: string, query?: Query, signal?: AbortSignal) => Promise<Response>;

/**
 * An answer that takes longer is given up, in milliseconds. A change has longer: the API may itself wait 15 s for Teams,
 * and who is told nothing does not know whether the change was made.
 */
const answerWithin = { reading: 15_000, changing: 30_000 };

/** What a client stands on. */
export interface ClientOptions {
  apiBaseUrl: string;
  getToken: (options?: { renew?: boolean }) => Promise<string>;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** Creates the function through which the portal reads from the API. */
export function createApiGet(options: ClientOptions): ApiGet {
  const request = createApiRequest(options);
  return async <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> => {
    const { body } = await request<T>("GET", `${path}${queryString(query)}`, signal ? { signal } : {});
    return body;
  };
}

/** Creates the function through which the portal downloads files, which may take as long as they need. */
export function createApiOpen(options: ClientOptions): ApiOpen {
  const send = createSend(options);
  return (path, query = {}, signal) =>
    send("GET", `${path}${queryString(query)}`, { accept: "*/*", ...(signal ? { signal } : {}) });
}

/** Creates the function through which the portal changes things. */
export function createApiRequest(options: ClientOptions): ApiRequest {
  const send = createSend(options);
  return async <T>(method: string, path: string, parts: RequestParts = {}): Promise<Answer<T>> => {
    const within = method === "GET" ? answerWithin.reading : answerWithin.changing;
    const response = await send(method, path, { ...parts, within });
    const text = await overNetwork(response.text(), parts.signal);
    const answer: unknown = response.status === 204 ? undefined : JSON.parse(text);
    return { body: answer as T, etag: response.headers.get("etag") };
  };
}

/**
 * The one way to the API. A 401 is answered once with a fresh token. What takes longer than `within` milliseconds is
 * given up, the body of its answer too: a connection that hangs would keep others from being made.
 */
function createSend({ apiBaseUrl, getToken, fetch }: ClientOptions) {
  return async (method: string, path: string, parts: RequestParts & { accept?: string; within?: number }) => {
    const { body, ifMatch, signal, within } = parts;
    const ask = async (renew: boolean): Promise<Response> => {
      const token = await getToken({ renew });
      const ends = [...(signal ? [signal] : []), ...(within ? [AbortSignal.timeout(within)] : [])];
      const answer = fetch(`${apiBaseUrl}${path}`, {
        method,
        headers: {
          accept: parts.accept ?? "application/json",
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any(ends),
      });
      return overNetwork(answer, signal);
    };
    let response = await ask(false);
    if (response.status === 401) response = await ask(true);
    if (!response.ok) throw new ApiError(await problemOf(response));
    return response;
  };
}

/** Waits for what comes over the network. Whatever fails there is a {@link NetworkError}, unless `signal` gave it up. */
async function overNetwork<T>(coming: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await coming;
  } catch (error) {
    throw signal?.aborted ? error : new NetworkError(error);
  }
}

function queryString(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  return search.size > 0 ? `?${search.toString()}` : "";
}
