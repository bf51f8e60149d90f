import { expect, it } from "vitest";
import { rejectionAdvice, rejectionReason } from "./rejections.ts";

it.each(rejectionReason.options)("the advice on %s says what happened and what to do", (reason) => {
  expect(rejectionAdvice[reason].title).toMatch(/^[A-Z].*[^.]$/);
  expect(rejectionAdvice[reason].whatToDo).toMatch(/^[A-Z][\s\S]*\.$/);
});
