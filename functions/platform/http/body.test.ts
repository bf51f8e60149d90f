import { HttpRequest } from "@azure/functions";
import { describe, expect, it } from "vitest";
import { BodyTooLarge, readBody } from "./body.ts";

const post = (body?: { bytes: Uint8Array } | { string: string }, headers: Record<string, string> = {}) =>
  new HttpRequest({ method: "POST", url: "http://localhost/api", headers, ...(body ? { body } : {}) });

describe("reading a body", () => {
  it("gives its bytes as they came", async () => {
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d);
    expect(await readBody(post({ bytes }), 5)).toEqual(Buffer.from(bytes));
  });

  it("takes no body as an empty one", async () => {
    expect(await readBody(post(), 10)).toEqual(Buffer.alloc(0));
  });

  it("refuses by the announced length before it reads anything", async () => {
    const request = post({ string: "{}" }, { "content-length": "11" });
    await expect(readBody(request, 10)).rejects.toThrow(BodyTooLarge);
    expect(request.bodyUsed).toBe(false);
  });

  const mebibyte = 1024 * 1024;
  it.each([
    ["to its end, so that its sender sees the answer", 6, 6],
    ["but not for ever", Number.POSITIVE_INFINITY, 34],
  ])("reads a body that is too large %s", async (_, mebibytes, read) => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (pulled === mebibytes) return controller.close();
          pulled += 1;
          controller.enqueue(new Uint8Array(mebibyte));
        },
      },
      { highWaterMark: 0 },
    );
    const request = { headers: new Headers(), body } as unknown as HttpRequest;
    await expect(readBody(request, mebibyte)).rejects.toThrow(BodyTooLarge);
    expect(pulled).toBe(read);
  });

  it("joins what arrives in parts", async () => {
    const body = new Blob(["one ", "two"]).stream();
    const request = { headers: new Headers(), body } as unknown as HttpRequest;
    expect((await readBody(request, 7)).toString()).toBe("one two");
  });
});
