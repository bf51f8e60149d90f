import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { compress, isCompressed, openContent, toPayload } from "./content.ts";

const text = '{"name":"Größe"}';
const event = {
  organizationId: "contoso",
  eventId: "0123456789abcdef0123456789abcdef",
  receivedAt: 0,
  attempt: 1,
  firstTry: 1,
  kind: "delivery",
  bytes: 17,
  eventType: "contact.Update",
  table: null,
  recordId: null,
  blob: null,
} as const;

describe("a content", () => {
  it.each([
    ["as it was received", Buffer.from(text)],
    ["compressed by us", compress(Buffer.from(text))],
    ["compressed by another", gzipSync(text)],
  ])("is opened: %s", (_, content) => {
    expect(openContent(content)).toBe(text);
  });

  it("that is damaged is not taken for another one", () => {
    const damaged = gzipSync("Größe".repeat(100));
    damaged[20] = (damaged[20] ?? 0) ^ 0xff;
    expect(() => openContent(damaged)).toThrow(/invalid|incorrect/);
    expect(() => openContent(gzipSync("x").subarray(0, 10))).toThrow("unexpected end of file");
  });

  it.each([
    ["as it was received", Buffer.from(text)],
    ["compressed", compress(Buffer.from(text))],
  ])("is kept compressed, once: %s", (_, content) => {
    const payload = toPayload({ ...event, content });
    if (payload === null || !("gzip" in payload)) throw new Error("There is no content.");
    expect(isCompressed(payload.gzip)).toBe(true);
    expect(gunzipSync(payload.gzip).toString("utf8")).toBe(text);
  });

  it("is kept by the name of its blob, or as none", () => {
    const inBlob = toPayload({ ...event, blob: "contoso/x.json.gz", content: null });
    expect(inBlob).toEqual({ bytes: 17, blob: "contoso/x.json.gz" });
    expect(toPayload({ ...event, content: null })).toBeNull();
  });
});
