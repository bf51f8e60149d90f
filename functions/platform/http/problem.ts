import type { HttpResponseInit } from "@azure/functions";
import type { Problem } from "../../contracts/common.ts";

/** An answer that refuses a request, thrown anywhere below a route and turned into RFC 9457 problem details at its edge. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly headers: Record<string, string>;
  readonly errors: Problem["errors"];

  constructor(
    status: number,
    code: string,
    title: string,
    detail: string,
    options: { headers?: Record<string, string>; errors?: Problem["errors"]; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = "ApiProblem";
    this.status = status;
    this.code = code;
    this.title = title;
    this.headers = options.headers ?? {};
    this.errors = options.errors;
  }
}

/** The problem as an HTTP answer. `correlationId` finds the request in the platform's log. */
export function problemResponse(problem: ApiProblem, correlationId: string): HttpResponseInit {
  const body: Problem = {
    type: `about:blank#${problem.code}`,
    title: problem.title,
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    correlationId,
    ...(problem.errors ? { errors: problem.errors } : {}),
  };
  return {
    status: problem.status,
    headers: { ...problem.headers, "content-type": "application/problem+json", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}

/** What is answered when something happened that nobody foresaw: no inner text leaves the platform. */
export function unexpectedProblem(): ApiProblem {
  return new ApiProblem(
    500,
    "platform.unexpected",
    "Something unforeseen happened",
    "The request could not be answered. Try again; if it happens again, send the correlation id to the operator.",
  );
}

/** What is answered while something that the platform stands on cannot be reached: storage, the queue, the sign-in service. */
export function unavailableProblem(what: string, cause?: unknown): ApiProblem {
  return new ApiProblem(
    503,
    "platform.unavailable",
    "Not available at the moment",
    `${what} cannot be reached at the moment. Try again in a few seconds.`,
    { headers: { "retry-after": "5" }, cause },
  );
}
