import type { Problem } from "../../../functions/contracts/common.ts";

/** An answer of the API that is not a success, with the problem details that it carried. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ApiError";
    this.problem = problem;
  }
}

/** The API gave no answer, or one that broke off. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super("The API gave no answer.", { cause });
    this.name = "NetworkError";
  }
}

/** Whether an error is that of an answer that took too long: who has waited for it once is told. */
export function hasTimedOut(error: unknown): boolean {
  return error instanceof NetworkError && error.cause instanceof Error && error.cause.name === "TimeoutError";
}

/** The problem that an answer carries; where it carries none (a proxy, a gateway), one made from its status. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const given = typeof body === "object" && body !== null ? (body as Partial<Problem>) : {};
  return {
    type: given.type ?? "about:blank",
    title: given.title ?? "The server could not answer",
    status: response.status,
    code: given.code ?? `http.${response.status}`,
    detail: given.detail ?? `The server answered with status ${response.status}. Try again in a moment.`,
    correlationId: given.correlationId ?? response.headers.get("x-correlation-id") ?? "",
    ...(given.errors ? { errors: given.errors } : {}),
  };
}

/** What can be told of any error: the API's problem as it is, or a sentence that says what to do. */
export function explain(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  const unreachable = error instanceof NetworkError;
  return {
    type: "about:blank",
    title: unreachable ? "Portal Sync cannot be reached" : "Something unforeseen happened",
    status: 0,
    code: unreachable ? "network.unreachable" : "portal.unexpected",
    detail: unreachable
      ? "The browser got no answer. Check your connection; if other sites work, the service may be down for a moment."
      : "Try again, or reload the page: Portal Sync may have been updated since you opened it. If neither helps, tell support what you were doing and at what time.",
    correlationId: "",
  };
}

/** Writes to the console what {@link explain} does not tell: an error that nobody foresaw. */
export function reportUnforeseen(error: unknown): void {
  if (!(error instanceof ApiError || error instanceof NetworkError)) reportError(error);
}

/** Whether asking again can help without anybody changing something. */
export function isTransient(error: unknown): boolean {
  const { status } = explain(error);
  return status === 0 || status === 429 || status >= 500;
}
