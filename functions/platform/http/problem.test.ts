import { describe, expect, it } from "vitest";
import { problem as problemSchema } from "../../contracts/common.ts";
import { ApiProblem, problemResponse, unavailableProblem, unexpectedProblem } from "./problem.ts";

const bodyOf = (problem: ApiProblem) =>
  JSON.parse(problemResponse(problem, "call-1").body as string) as unknown;

describe("a problem as an answer", () => {
  it("is problem details with code, sentence and correlation id", () => {
    const problem = new ApiProblem(409, "key.limit", "Too many keys", "Revoke one.", {
      headers: { "x-more": "1" },
      errors: [{ field: "name", message: "Give a name." }],
    });
    const { status, headers } = problemResponse(problem, "call-1");
    expect({ status, headers }).toEqual({
      status: 409,
      headers: { "x-more": "1", "content-type": "application/problem+json", "cache-control": "no-store" },
    });
    expect(bodyOf(problem)).toEqual({
      type: "about:blank#key.limit",
      title: "Too many keys",
      status: 409,
      code: "key.limit",
      detail: "Revoke one.",
      correlationId: "call-1",
      errors: [{ field: "name", message: "Give a name." }],
    });
  });

  it.each([unexpectedProblem(), unavailableProblem("Storage", new Error("secret inside"))])(
    "has the shape of the contract and says nothing of the inside: $code",
    (problem) => {
      expect(problemSchema.safeParse(bodyOf(problem)).success).toBe(true);
      expect(JSON.stringify(problemResponse(problem, "call-1"))).not.toContain("secret");
    },
  );

  it("asks to come again when something cannot be reached", () => {
    const { status, headers } = problemResponse(unavailableProblem("The queue"), "call-1");
    expect(status).toBe(503);
    expect(headers).toMatchObject({ "retry-after": "5" });
  });
});
