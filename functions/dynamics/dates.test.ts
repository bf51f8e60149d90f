import { describe, expect, it } from "vitest";
import { operationCreatedMilliseconds, toMilliseconds } from "./dates.ts";

describe("toMilliseconds", () => {
  it.each([
    ["/Date(1506384247000)/", 1506384247000],
    ["/Date(-62135596800000)/", -62135596800000],
    ["/Date(1506384247000+0200)/", 1506384247000],
    ["2024-11-08T08:05:06Z", 1731053106000],
    ["2024-11-08T08:05:06.922Z", 1731053106922],
    ["2024-11-08T08:05:06.9221234Z", 1731053106922],
    ["2024-11-08T10:05:06+02:00", 1731053106000],
    ["2024-11-08T08:05:06-00:00", 1731053106000],
    ["2024-11-08T08:05:06", 1731053106000],
    ["2024-02-29T23:00:00-02:00", 1709254800000],
    ["/Date(253402300799999)/", 253402300799999],
  ])("reads %s", (text, ms) => expect(toMilliseconds(text)).toBe(ms));

  it.each([
    "2024-11-08",
    "1731053106000",
    "/Date(abc)/",
    "/Date(9999999999999999)/",
    "/Date(253402300800000)/",
    "/Date(-62135596800001)/",
    "9999-12-31T23:59:59-01:00",
    "8 Nov 2024",
    "",
    "2024-13-40T99:99:99Z",
    "2024-02-30T00:00:00Z",
  ])("leaves %s alone", (text) => expect(toMilliseconds(text)).toBeNull());
});

describe("operationCreatedMilliseconds", () => {
  it("adds the offset, which the asynchronous service took away", () => {
    expect(operationCreatedMilliseconds("/Date(1506409448000-0700)/")).toBe(1506384247000 + 1000);
    expect(operationCreatedMilliseconds("/Date(1724647396000+0300)/")).toBe(1724658196000);
  });

  it("is null beyond the year 9999, also by the offset alone", () => {
    expect(operationCreatedMilliseconds("/Date(253402300799000+0200)/")).toBeNull();
    expect(operationCreatedMilliseconds("/Date(253402300799000+0000)/")).toBe(253402300799000);
    expect(operationCreatedMilliseconds("/Date(-62135596800000-0100)/")).toBeNull();
  });

  it("takes a date without an offset, or with none in effect, as it is", () => {
    expect(operationCreatedMilliseconds("/Date(1697168286708)/")).toBe(1697168286708);
    expect(operationCreatedMilliseconds("/Date(1757000000000+0000)/")).toBe(1757000000000);
    expect(operationCreatedMilliseconds("2024-11-08T10:05:06+02:00")).toBe(1731053106000);
  });
});
