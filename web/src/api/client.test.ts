import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApiGet, createApiOpen, createApiRequest } from "./client.ts";
import { ApiError, explain, isTransient } from "./problem.ts";

function clientWith(answers: (Response | Error)[]) {
  const asked: { url: string; token: string }[] = [];
  let tokens = 0;
  const get = createApiGet({
    apiBaseUrl: "https://sync.example/api",
    getToken: async (options) => `${options?.renew ? "fresh" : "cached"}-${++tokens}`,
    fetch: async (url, init) => {
      asked.push({ url, token: new Headers(init.headers).get("authorization") ?? "" });
      const answer = answers.shift() ?? new Response(null, { status: 599 });
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { get, asked };
}
const problem = (status: number) =>
  Response.json(
    {
      title: "Not yours",
      status,
      code: "organization.notYours",
      detail: "Ask for it.",
      correlationId: "c-1",
    },
    { status },
  );

describe("createApiGet", () => {
  it("sends the token and only the query values that are set", async () => {
    const { get, asked } = clientWith([Response.json({ ok: 1 })]);
    expect(await get("/me", { outcome: "error", q: "", cursor: null, limit: 50 })).toEqual({ ok: 1 });
    expect(asked).toEqual([
      { url: "https://sync.example/api/me?outcome=error&limit=50", token: "Bearer cached-1" },
    ]);
  });

  it("asks again once with a fresh token after a 401", async () => {
    const { get, asked } = clientWith([problem(401), Response.json(7)]);
    expect(await get("/me")).toBe(7);
    expect(asked.map(({ token }) => token)).toEqual(["Bearer cached-1", "Bearer fresh-2"]);
  });

  it("gives up after the second 401", async () => {
    const { get, asked } = clientWith([problem(401), problem(401), Response.json(7)]);
    await expect(get("/me")).rejects.toBeInstanceOf(ApiError);
    expect(asked).toHaveLength(2);
  });

  it("rejects with the problem that the API describes", async () => {
    const { get } = clientWith([problem(403)]);
    const error: unknown = await get("/x").catch((caught: unknown) => caught);
    expect(explain(error)).toMatchObject({ title: "Not yours", detail: "Ask for it.", correlationId: "c-1" });
    expect(isTransient(error)).toBe(false);
  });

  it("describes an answer that is no problem document by its status", async () => {
    const { get } = clientWith([
      new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "x-correlation-id": "c-2" } }),
    ]);
    const error: unknown = await get("/x").catch((caught: unknown) => caught);
    expect(explain(error)).toMatchObject({ status: 502, code: "http.502", correlationId: "c-2" });
    expect(isTransient(error)).toBe(true);
  });
});

describe("what kept the API from answering", () => {
  const codeOf = async (answer: Response | Error) =>
    clientWith([answer])
      .get("/x")
      .catch((error: unknown) => explain(error).code);

  it("is the connection when nothing comes, or only a part", async () => {
    const broken = new ReadableStream({ start: (stream) => stream.error(new TypeError("network error")) });
    expect(await codeOf(new TypeError("Failed to fetch"))).toBe("network.unreachable");
    expect(await codeOf(new Response(broken))).toBe("network.unreachable");
  });

  it("is not the connection when a page comes instead of JSON", async () => {
    expect(await codeOf(new Response("<!doctype html>"))).toBe("portal.unexpected");
  });

  it("is not the connection when the request was given up", async () => {
    const givenUp = new DOMException("given up", "AbortError");
    const open = createApiOpen({
      apiBaseUrl: "",
      getToken: async () => "",
      fetch: () => Promise.reject(givenUp),
    });
    await expect(open("/x", {}, AbortSignal.abort())).rejects.toBe(givenUp);
  });
});

describe("an API that hangs", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    // The platform's own has a timer that cannot be faked.
    vi.spyOn(AbortSignal, "timeout").mockImplementation((within) => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(new DOMException("too late", "TimeoutError")), within);
      return stop.signal;
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  const giveUp = ({ signal }: RequestInit, stop: (reason: unknown) => void) =>
    signal?.addEventListener("abort", () => stop(signal.reason));
  const noAnswer = (init: RequestInit) => new Promise<Response>((_, reject) => giveUp(init, reject));
  const halfAnAnswer = async (init: RequestInit) => {
    const start = (stream: ReadableStreamDefaultController) => giveUp(init, (reason) => stream.error(reason));
    return new Response(new ReadableStream({ start }));
  };
  /** What a request came to so far: the code of its error, or null. */
  function watch(
    answer: typeof noAnswer,
    ask: (options: Parameters<typeof createApiGet>[0]) => Promise<unknown>,
  ) {
    const seen: { code: string | null } = { code: null };
    const options = {
      apiBaseUrl: "",
      getToken: async () => "",
      fetch: (_: string, init: RequestInit) => answer(init),
    };
    ask(options).catch((error: unknown) => (seen.code = explain(error).code));
    return seen;
  }

  it.each([
    ["gives no answer", noAnswer],
    ["stops in the middle of one", halfAnAnswer],
  ])("and %s cannot be reached after 15 s", async (_, answer) => {
    const seen = watch(answer, (options) => createApiGet(options)("/x", {}, new AbortController().signal));
    await vi.advanceTimersByTimeAsync(14_900);
    expect(seen.code).toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(seen.code).toBe("network.unreachable");
  });

  it("has twice as long for a change", async () => {
    const seen = watch(noAnswer, (options) => createApiRequest(options)("POST", "/x"));
    await vi.advanceTimersByTimeAsync(29_900);
    expect(seen.code).toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(seen.code).toBe("network.unreachable");
  });

  it("is waited for while a file comes, until it is given up", async () => {
    const stop = new AbortController();
    const seen = watch(noAnswer, (options) => createApiOpen(options)("/x", {}, stop.signal));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(seen.code).toBeNull();
    stop.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.code).not.toBeNull();
  });
});

describe("explain", () => {
  it("says of a fault of the portal what to do, and nothing that only a programmer understands", () => {
    const { code, detail } = explain(new TypeError("Cannot read properties of undefined (reading 'id')"));
    expect(code).toBe("portal.unexpected");
    expect(detail).toContain("reload the page");
    expect(detail).not.toContain("undefined");
  });
});
