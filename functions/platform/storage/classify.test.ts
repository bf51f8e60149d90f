import { describe, expect, it } from "vitest";
import { toStorageFault } from "./classify.ts";

/** An error of a single operation as the SDK shapes it. */
const single = (statusCode: number, code: string) => ({
  statusCode,
  message: `{"odata.error":{"code":"${code}"}}`,
  details: { odataError: { code } },
});
/** An error of a transaction as the SDK shapes it. */
const transaction = (statusCode: number, code: string, index: number) => ({
  statusCode,
  code,
  message: `${index}:The request failed.`,
});

describe("what went wrong", () => {
  it.each([
    ["exists", single(409, "EntityAlreadyExists")],
    ["exists", transaction(409, "EntityAlreadyExists", 0)],
    ["conflict", single(412, "UpdateConditionNotSatisfied")],
    ["conflict", transaction(412, "UpdateConditionNotSatisfied", 2)],
    ["conflict", single(404, "ResourceNotFound")],
    ["refused", single(404, "TableNotFound")],
    ["refused", transaction(409, "TableBeingDeleted", 0)],
    ["tooLarge", transaction(413, "RequestBodyTooLarge", 0)],
    ["tooLarge", transaction(400, "EntityTooLarge", 0)],
    ["ambiguous", single(500, "OperationTimedOut")],
    ["ambiguous", single(503, "ServerBusy")],
    ["ambiguous", { statusCode: 429, message: "slow down" }],
    ["ambiguous", { statusCode: 408, message: "too slow" }],
    ["ambiguous", { statusCode: 202, code: "PARSE_ERROR", message: "the answer broke off" }],
    ["ambiguous", { code: "ECONNRESET", message: "socket hang up" }],
    ["ambiguous", new Error("fetch failed")],
    ["refused", single(400, "InvalidDuplicateRow")],
    ["refused", single(403, "AuthorizationFailure")],
  ])("is %s for %j", (kind, error) => {
    expect(toStorageFault(error)).toMatchObject({ kind, cause: error });
  });

  it("names the write of a transaction that failed", () => {
    expect(toStorageFault(transaction(409, "EntityAlreadyExists", 12)).index).toBe(12);
    expect(toStorageFault(single(409, "EntityAlreadyExists")).index).toBeNull();
  });
});
