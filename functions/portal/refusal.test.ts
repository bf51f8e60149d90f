import { describe, expect, it } from "vitest";
import { rejectionReason } from "../contracts/rejections.ts";
import { Refused, refusalProblem } from "./refusal.ts";

describe("the answer to a refused webhook", () => {
  it.each([
    ["missingKey", 401],
    ["wrongKey", 401],
    ["expiredKey", 401],
    ["unknownOrganization", 401],
    ["notJson", 400],
    ["notContext", 400],
    ["otherOrganization", 403],
    ["tooLarge", 413],
    ["wrongContentType", 415],
  ] as const)("%s is %i", (reason, status) => {
    expect(refusalProblem(reason, 1024)).toMatchObject({ status, code: expect.stringMatching(/^webhook\./) });
  });

  it("is one and the same for every fault of the key and for an organization that does not exist", () => {
    const secret = ["missingKey", "wrongKey", "expiredKey", "unknownOrganization"] as const;
    const answers = secret.map((reason) => {
      const { status, code, title, message, headers } = refusalProblem(reason, 1024);
      return JSON.stringify({ status, code, title, message, headers });
    });
    expect(new Set(answers).size).toBe(1);
  });

  it("is never one that Dynamics sends again: a refused body would be refused again", () => {
    for (const reason of rejectionReason.options)
      expect([502, 503, 504]).not.toContain(refusalProblem(reason, 1024).status);
  });

  it("says how large a body may be", () => {
    expect(refusalProblem("tooLarge", 1_048_576).message).toContain("1048576 bytes");
  });
});

it("keeps for the log what was refused", () => {
  expect(new Refused("notJson", "contoso", "text/plain", 12)).toMatchObject({
    reason: "notJson",
    organizationId: "contoso",
    contentType: "text/plain",
    bytes: 12,
  });
  expect(new Refused("unknownOrganization", null)).toMatchObject({ contentType: null, bytes: 0 });
});
