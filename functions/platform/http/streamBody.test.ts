import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { trackResponses } from "./openResponses.ts";
import type { FindResponse } from "./openResponses.ts";
import { streamBody } from "./streamBody.ts";

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

const errors: unknown[] = [];
const piece = "x".repeat(64 * 1024);

/** Sends a stream as the Functions library does: each piece is written as soon as it is there, come what may. */
async function serve(texts: () => AsyncIterable<string>, findResponse: FindResponse, timeoutMs = 60_000) {
  errors.length = 0;
  const server = http.createServer((request, response) => {
    request.headers["x-ms-invocation-id"] = "call-1";
    const found = findResponse("call-1");
    const body = streamBody(texts(), { response: found, onError: (error) => errors.push(error), timeoutMs });
    const send = async () => {
      for await (const chunk of body) response.write(chunk);
      response.end();
    };
    send().catch(() => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/organizations/contoso/portal/export?format=csv`;
}

/** Makes pieces and counts them; tells when nobody wants any more. */
function counted(count: number) {
  const made = { pieces: 0, ended: false };
  async function* texts() {
    try {
      for (; made.pieces < count; made.pieces += 1) yield piece;
    } finally {
      made.ended = true;
    }
  }
  return { made, texts };
}

const findResponse = trackResponses("organizations/{id}/portal/export");

describe("a stream", () => {
  it("arrives whole", async () => {
    const { texts } = counted(50);
    const answer = await fetch(await serve(texts, findResponse));
    expect((await answer.text()).length).toBe(50 * piece.length);
    expect(errors).toEqual([]);
  });

  it("waits for a caller who does not keep up, and goes on", async () => {
    const { made, texts } = counted(2_000);
    const [response] = (await once(http.get(await serve(texts, findResponse)), "response")) as [
      http.IncomingMessage,
    ];
    let before = -1;
    await expect
      .poll(() => {
        const stands = made.pieces === before;
        before = made.pieces;
        return stands;
      })
      .toBe(true);
    expect(made.pieces).toBeLessThan(500);
    let bytes = 0;
    for await (const chunk of response) bytes += (chunk as Buffer).length;
    expect(bytes).toBe(2_000 * piece.length);
  });

  it("ends when the caller leaves", async () => {
    const { made, texts } = counted(100_000);
    const request = http.get(await serve(texts, findResponse));
    await once(request, "response");
    request.destroy();
    await expect.poll(() => made.ended).toBe(true);
    expect(errors).toEqual([]);
  });

  it("is broken off when a piece cannot be made", async () => {
    async function* texts() {
      yield piece;
      throw new Error("Storage went away.");
    }
    const answer = await fetch(await serve(texts, findResponse));
    await expect(answer.text()).rejects.toThrow(TypeError);
    expect(errors).toEqual([new Error("Storage went away.")]);
  });

  it("is broken off when the caller takes too long", async () => {
    const { made, texts } = counted(100_000);
    const request = http.get(await serve(texts, findResponse, 50));
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    await expect.poll(() => errors).toEqual([new Error("The caller did not take the file in time.")]);
    await expect(response.toArray()).rejects.toThrow("aborted");
    expect(made.ended).toBe(true);
  });
});

it("ends in time also when its answer is not known", async () => {
  const { made, texts } = counted(100_000);
  const seen: unknown[] = [];
  const onError = (error: unknown) => seen.push(error);
  const reader = streamBody(texts(), { response: null, onError, timeoutMs: 0 }).getReader();
  await expect(reader.read()).rejects.toThrow("in time");
  expect([seen.length, made.pieces]).toEqual([1, 0]);
});

it("only the answers of the route are found, and only while they are open", async () => {
  const other = trackResponses("organizations/{id}/portal/events");
  const { texts } = counted(1);
  const seen: unknown[] = [];
  const url = await serve(texts, (id) => {
    seen.push(other(id), findResponse("another call"));
    return findResponse(id);
  });
  await (await fetch(url)).text();
  expect(seen).toEqual([null, null]);
  await expect.poll(() => findResponse("call-1")).toBeNull();
});
