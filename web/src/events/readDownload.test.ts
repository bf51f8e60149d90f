import { describe, expect, it } from "vitest";
import { fileName, readDownload, size } from "./readDownload.ts";

function answer(parts: string[], { broken = false, headers = {} } = {}): Response {
  const waiting = parts.map((part) => new TextEncoder().encode(part));
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = waiting.shift();
      if (part) controller.enqueue(part);
      else if (broken) controller.error(new TypeError("network error"));
      else controller.close();
    },
  });
  return new Response(stream, { headers: { "content-type": "text/csv", ...headers } });
}

describe("a download", () => {
  it("is whole, and tells how far it is", async () => {
    const progress: unknown[] = [];
    const file = await readDownload(answer(["one\n", "two\n"]), (received) => progress.push(received));
    expect(await file.text()).toBe("one\ntwo\n");
    expect(file.type).toBe("text/csv");
    expect(progress).toEqual([
      { bytes: 4, lines: 1 },
      { bytes: 8, lines: 2 },
    ]);
  });

  it("fails when it breaks off, however much had come", async () => {
    const reading = readDownload(answer(["one\n"], { broken: true }), () => undefined);
    await expect(reading).rejects.toThrow("network error");
  });

  it("is saved under the name that the server gives, or another", () => {
    const named = answer([], { headers: { "content-disposition": 'attachment; filename="events.csv"' } });
    expect(fileName(named, "other.csv")).toBe("events.csv");
    expect(fileName(answer([]), "other.csv")).toBe("other.csv");
  });

  it.each([
    [12, "12 bytes"],
    [34_400, "34 kB"],
    [1_250_000, "1.3 MB"],
  ])("of %i bytes is %s", (bytes, text) => expect(size(bytes)).toBe(text));
});
