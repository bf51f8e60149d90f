import { describe, expect, it } from "vitest";
import { describeError } from "./log.ts";

describe("describing an error", () => {
  it("names the error and where it was thrown", () => {
    const text = describeError(new TypeError("no such thing"));
    expect(text).toContain("TypeError: no such thing");
    expect(text).toContain("log.test.ts");
  });

  it("names what caused it", () => {
    const error = new Error("not stored", { cause: new Error("connection reset") });
    expect(describeError(error)).toMatch(/not stored[\s\S]*Caused by: Error: connection reset/);
  });

  it("names each of several", () => {
    const error = new AggregateError([new Error("one"), new Error("two")]);
    expect(describeError(error)).toMatch(/one[\s\S]*two/);
  });

  it("leaves out other members: they may hold a request with its token", () => {
    const error = Object.assign(new Error("refused"), { request: { headers: "Bearer secret" } });
    expect(describeError(error)).not.toContain("secret");
  });

  it("takes whatever was thrown", () => {
    expect(describeError("a text")).toBe("a text");
    expect(describeError(undefined)).toBe("undefined");
  });
});
