import { expect, it } from "vitest";
import { rejectionAdvice, rejectionReason } from "./rejections.ts";

it.each(rejectionReason.options)("the advice on %s says what happened, what to do and who can", (reason) => {
  const { title, whatHappened, whatToDo, owner } = rejectionAdvice[reason];
  expect(title).toMatch(/^[A-Z].*[^.]$/);
  expect(whatHappened).toMatch(/^[A-Z][\s\S]*\.$/);
  expect(whatToDo).toMatch(/^[A-Z][\s\S]*\.$/);
  expect(owner).toMatch(/ administrator$/);
});

it("no two reasons have the same title: a person must be able to tell them apart", () => {
  const titles = Object.values(rejectionAdvice).map(({ title }) => title);
  expect(new Set(titles).size).toBe(rejectionReason.options.length);
});
