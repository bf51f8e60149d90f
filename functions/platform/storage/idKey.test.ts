import { expect, it } from "vitest";
import { idKey } from "./idKey.ts";

it("an id is itself in lower case, or a hash where a key cannot hold it", () => {
  expect(idKey("1111AAAA-0000-4000-8000-000000000001")).toBe("1111aaaa-0000-4000-8000-000000000001");
  expect(idKey("posts/12?x#y")).toMatch(/^~[0-9a-f]{64}$/);
});
