import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startReceiver } from "../testing/receiver.ts";
import type { Receiver } from "../testing/receiver.ts";
import { deliver, succeeded } from "./deliver.ts";

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
beforeEach(() => void receiver.received.splice(0));
afterAll(() => receiver.close());

const never = new AbortController().signal;
const send = (url = receiver.url, timeout = 30_000) =>
  deliver({ url, headers: {}, body: Buffer.from("{}") }, { timeout, beforeRetry: 1 }, never);

describe("a delivery", () => {
  it.each([200, 202, 204])("succeeds with %i", async (status) => {
    receiver.answerWith(status);
    const attempts = await send();
    expect(attempts.map((attempt) => attempt.status)).toEqual([status]);
    expect(succeeded(attempts)).toBe(true);
  });

  it.each([502, 503, 504])("is tried once more after %i", async (status) => {
    receiver.answerWith(status, 202);
    const attempts = await send();
    expect(attempts.map((attempt) => attempt.status)).toEqual([status, 202]);
    expect(succeeded(attempts)).toBe(true);
    expect(receiver.received).toHaveLength(2);
  });

  it("is given up after the second refusal", async () => {
    receiver.answerWith(503, 503);
    expect(succeeded(await send())).toBe(false);
    expect(receiver.received).toHaveLength(2);
  });

  it.each([301, 400, 401, 404, 413, 429, 500, 501])("fails for good with %i", async (status) => {
    receiver.answerWith(status);
    const attempts = await send();
    expect(attempts.map((attempt) => attempt.status)).toEqual([status]);
    expect(succeeded(attempts)).toBe(false);
    expect(receiver.received).toHaveLength(1);
  });

  it("fails for good when the connection breaks", async () => {
    receiver.answerWith(null);
    const attempts = await send();
    expect(attempts).toMatchObject([{ status: null, error: expect.stringContaining("connection failed") }]);
    expect(receiver.received).toHaveLength(1);
  });

  it("fails for good when no one listens", async () => {
    const attempts = await send("http://127.0.0.1:1/");
    expect(attempts).toMatchObject([{ status: null, error: "Nothing listens at the endpoint's address." }]);
  });

  it("fails for good without an answer in time", async () => {
    const attempts = await send(receiver.url, 0);
    expect(attempts).toMatchObject([{ status: null, error: "No answer within 0 seconds." }]);
  });
});
