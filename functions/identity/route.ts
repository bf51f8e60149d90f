import type { HttpFunctionOptions, HttpRequest, HttpResponseInit, InvocationContext } from "@azure/functions";
import type { z } from "zod";
import type { Route } from "../contracts/routes.ts";
import type { Directory } from "../organizations/directory.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import {
  ApiProblem,
  problemResponse,
  unavailableProblem,
  unexpectedProblem,
} from "../platform/http/problem.ts";
import { BodyTooLarge, readBody } from "../platform/http/body.ts";
import { trackResponses } from "../platform/http/openResponses.ts";
import { pathParameters } from "../platform/http/path.ts";
import { streamBody } from "../platform/http/streamBody.ts";
import { describeError } from "../platform/log.ts";
import { StorageFault } from "../platform/storage/table.ts";
import { requireOrganization, requirePermission } from "./caller.ts";
import type { Caller } from "./caller.ts";
import type { Authenticate } from "./token.ts";
import { policy } from "./policy.ts";

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;
type Params<R extends Route> = R extends { params: infer P } ? Parsed<P> : undefined;
type Query<R extends Route> = R extends { query: infer Q } ? Parsed<Q> : undefined;
type Body<R extends Route> = R extends { body: infer B } ? Parsed<B> : undefined;
type Answer<R extends Route> = R extends { stream: readonly string[] }
  ? AsyncIterable<string>
  : R extends { answer: infer A }
    ? Parsed<A>
    : undefined;

/** A request that passed every check of its route: who calls, and its parts as the contract types them. */
export interface Call<R extends Route> {
  caller: Caller;
  params: Params<R>;
  query: Query<R>;
  body: Body<R>;
  /** The organization of the path, as the directory knows it; it is one of the caller's. */
  organization: R extends { params: z.ZodObject } ? StoredOrganization : null;
  /** Value of `If-Match` on a change of something versioned, else null. */
  ifMatch: string | null;
  /** Address under which the caller reaches the API, such as `https://sync.example.org/api`. */
  apiUrl: string;
}

/**
 * What a route's handler answers; the status is the contract's. The body of a route that streams is its texts, one
 * after the other: its handler sets the `content-type`, and what it throws before the first text is a problem as usual.
 */
export interface Reply<R extends Route> {
  body: Answer<R>;
  /** The body as JSON, where it must be sent as it was received, to the last digit. */
  json?: string;
  headers?: Record<string, string>;
}

/** What the edge of every route needs. */
export interface RouteServices {
  authenticate: Authenticate;
  directory: Directory;
}

const maxBodyBytes = 65_536;
/** Longest time that a stream takes. A function that outlasts `functionTimeout` of host.json takes its process with it. */
const maxStreamMs = 4 * 60_000;
/** Nobody: the caller of a route that needs no token. */
const anonymous: Caller = { id: "", name: "", signInName: null, roles: [], groups: [] };

/**
 * Registers a route's handler behind the checks that every route has, in this order: token, role,
 * organization, path, query, body. Whatever is thrown below becomes problem details here and nowhere else.
 */
export function guarded<R extends Route, S extends RouteServices>(
  route: R,
  services: S,
  handle: (services: S, call: Call<R>) => Promise<Reply<R>>,
): HttpFunctionOptions {
  const toStream = route.stream ? streaming(route.path) : null;
  return {
    methods: [route.method],
    route: route.path,
    authLevel: "anonymous",
    handler: async (request, context) => {
      try {
        const call = await check(route, services, request);
        const reply = await handle(services, call);
        return toStream ? toStream(reply as Streaming, context) : toResponse(route, reply);
      } catch (error) {
        return problemResponse(toProblem(error, context), context.invocationId);
      }
    },
  };
}

async function check<R extends Route>(
  route: R,
  services: RouteServices,
  request: HttpRequest,
): Promise<Call<R>> {
  const open = policy[route.action] === "anyone";
  const caller = open ? anonymous : await services.authenticate(request.headers.get("authorization"));
  requirePermission(caller, route.action);
  const path = pathParameters(route.path, request.url);
  // Before anything else of the path: whose organization it is must not depend on what is asked of it.
  const organization = route.params
    ? requireOrganization(caller, await services.directory.find(path.id ?? ""))
    : null;
  const params = route.params ? validate(route.params, path, "path") : undefined;
  const query = route.query ? validate(route.query, Object.fromEntries(request.query), "query") : undefined;
  const body = route.body ? validate(route.body, await readJson(request), "body") : undefined;
  const ifMatch = request.headers.get("if-match");
  if ((route.ifMatch || (route.versioned && route.method === "PATCH")) && !ifMatch)
    throw new ApiProblem(
      428,
      "ifMatch.missing",
      "Send If-Match",
      "Read what you change first and send its ETag in the If-Match header, so that no one's change is overwritten unseen.",
    );
  const apiUrl = addressAbove(request.url, route.path);
  return { caller, params, query, body, organization, ifMatch, apiUrl } as Call<R>;
}

/** The part of an address that comes before the route. */
function addressAbove(address: string, path: string): string {
  const { origin, pathname } = new URL(address);
  const segments = pathname.split("/").filter(Boolean).slice(0, -path.split("/").length);
  return [origin, ...segments].join("/");
}

function validate(schema: z.ZodType, value: unknown, where: string): Record<string, unknown> {
  const result = schema.safeParse(value);
  if (result.success) return result.data as Record<string, unknown>;
  const errors = result.error.issues.map((issue) => ({
    field: issue.path.join(".") || where,
    message: issue.message,
  }));
  const first = errors[0];
  throw new ApiProblem(
    400,
    `${where}.invalid`,
    "The request is not valid",
    `${first?.field}: ${first?.message}`,
    { errors },
  );
}

async function readJson(request: HttpRequest): Promise<unknown> {
  try {
    const text = (await readBody(request, maxBodyBytes)).toString("utf8");
    return text === "" ? {} : JSON.parse(text);
  } catch (error) {
    if (error instanceof BodyTooLarge)
      throw new ApiProblem(
        413,
        "body.tooLarge",
        "The body is too large",
        `Send at most ${maxBodyBytes} bytes.`,
      );
    throw new ApiProblem(
      400,
      "body.notJson",
      "The body is not JSON",
      "Send a JSON object with content-type application/json.",
    );
  }
}

function toResponse<R extends Route>(route: R, reply: Reply<R>): HttpResponseInit {
  if (route.status === 204) return { status: 204, headers: { ...reply.headers } };
  return {
    status: route.status ?? 200,
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      // A portal on another origin reads the version of what it changes; CORS hides this header otherwise.
      "access-control-expose-headers": "etag",
      ...reply.headers,
    },
    body: reply.json ?? JSON.stringify(reply.body),
  };
}

interface Streaming {
  body: AsyncIterable<string>;
  headers?: Record<string, string>;
}

/** How the route at this path answers with a stream. Says once when it cannot see its answers, as after an update of the Functions library. */
function streaming(path: string): (reply: Streaming, context: InvocationContext) => HttpResponseInit {
  const findResponse = trackResponses(path);
  let isToldMissing = false;
  return ({ body, headers }, context) => {
    const response = findResponse(context.invocationId);
    if (!response && !isToldMissing) {
      isToldMissing = true;
      context.warn(`The open answer of ${path} was not found: its streams do not wait for slow callers.`);
    }
    const onError = (error: unknown) => context.error(`A stream was broken off: ${describeError(error)}`);
    return {
      status: 200,
      headers: { "cache-control": "no-store", ...headers },
      body: streamBody(body, { response, onError, timeoutMs: maxStreamMs }),
    };
  };
}

/** What the caller did wrong is the caller's to read; what went wrong here is logged under the correlation id of the answer. */
function toProblem(error: unknown, context: InvocationContext): ApiProblem {
  if (error instanceof ApiProblem && error.status < 500) return error;
  const problem = error instanceof ApiProblem ? error : ofFault(error);
  context.error(`A route failed: ${describeError(error)}`);
  return problem;
}

function ofFault(error: unknown): ApiProblem {
  return error instanceof StorageFault && error.kind === "ambiguous"
    ? unavailableProblem("Storage")
    : unexpectedProblem();
}
