import { randomUUID } from "node:crypto";
import type { Environment } from "../data/environment.ts";
import type { Access } from "./access.ts";
import { badRequest, errorResponse, ODataError } from "./errors.ts";
import type { Faults } from "./faults.ts";
import { parsePath } from "./path.ts";
import { parsePreferences, parseQueryOptions } from "./queryOptions.ts";
import { route } from "./routes.ts";

/** What the Web API of one environment needs. */
type WebApi = { env: Environment; access: Access; faults: Faults; environmentUrl: string };

/** Answers one Web API request. `path` is what follows `/api/data/v9.2/`, still encoded. */
export async function serveWebApi(
  api: WebApi,
  request: Request,
  version: string,
  path: string,
): Promise<Response> {
  const response = await answer(api, request, version, path).catch((error: unknown) => {
    if (error instanceof ODataError) return errorResponse(error);
    throw error;
  });
  response.headers.set("x-ms-service-request-id", randomUUID());
  return response;
}

async function answer(api: WebApi, request: Request, version: string, path: string): Promise<Response> {
  const { env, access, faults, environmentUrl } = api;
  if (!/^v9\.\d$/.test(version)) throw badRequest(`The API version ${version} is not served; use v9.2.`);
  const caller = await access.identify(request, env, environmentUrl);
  await faults.strike();
  const parameters = new URL(request.url).searchParams;
  return route({
    env,
    caller,
    method: request.method,
    root: `${environmentUrl}/api/data/${version}`,
    segments: parsePath(path),
    parameters,
    options: parseQueryOptions(parameters),
    preferences: parsePreferences(request.headers.get("prefer")),
    headers: request.headers,
    body: () => readJson(request),
  });
}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("The request body is not valid JSON.", "0x80048d19");
  }
}
