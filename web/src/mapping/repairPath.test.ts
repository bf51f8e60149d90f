import { expect, it } from "vitest";
import { requiredMissing, valueInvalid } from "../../../functions/contracts/mappingSentences.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";
import { repairPath } from "./repairPath.ts";

const place = { field: "birthDate", column: "birthdate" };
const failed = (message: string) =>
  repairPath({ organizationId: "contoso", eventId: "e1", table: "contact", message } as EventSummary);

it("an event that failed by the mapping leads to its field, or to its table when it names none", () => {
  const mapping = "/organizations/contoso/settings/mapping?table=contact";
  for (const sentence of [valueInvalid(place, "5", "is not a date"), requiredMissing(place)])
    expect(failed(sentence)).toBe(`${mapping}&field=birthDate&event=e1`);
  expect(failed("The record's values are together larger than a record can be.")).toBe(`${mapping}&event=e1`);
});
