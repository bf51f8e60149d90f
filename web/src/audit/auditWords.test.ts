import { expect, it } from "vitest";
import { auditAction } from "../../../functions/contracts/audit.ts";
import { auditWords, fieldWords } from "./auditWords.ts";

it("has words for every action", () => {
  expect(Object.keys(auditWords).sort()).toEqual([...auditAction.options].sort());
});

it.each([
  ["name", "Name"],
  ["silenceHours", "Silence hours"],
  ["alerts.errorRate.percent", "Alerts: error rate: percent"],
])("reads the field %s as %s", (field, words) => {
  expect(fieldWords(field)).toBe(words);
});
