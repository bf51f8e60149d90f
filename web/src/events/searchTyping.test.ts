import { expect, it } from "vitest";
import { followSearch, startTyping } from "./searchTyping.ts";

it("keeps what was typed while the search before it was on its way to the address", () => {
  const typing = { ...startTyping(""), typed: "abc", applied: "ab" };
  expect(followSearch(typing, "ab")).toEqual({ typed: "abc", searched: "ab", applied: null });
});

it("keeps a space at the end, which is still being typed", () => {
  expect(followSearch({ ...startTyping(""), typed: "ab ", applied: "ab" }, "ab").typed).toBe("ab ");
});

it("gives way to a search that came by other means, also to one that was typed once", () => {
  const searched = followSearch({ ...startTyping(""), typed: "ab", applied: "ab" }, "ab");
  const back = followSearch(searched, "");
  expect(back.typed).toBe("");
  expect(followSearch(back, "ab").typed).toBe("ab");
});
