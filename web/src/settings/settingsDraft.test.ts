import { expect, it } from "vitest";
import { organizationChange } from "../../../functions/contracts/organizations.ts";
import { changeOf } from "./settingsDraft.ts";

it("sends only what was typed, and null for what was emptied", () => {
  const change = changeOf({ name: " Contoso ", environmentUrl: "", adminGroupId: " g ", silenceHours: "48" });
  expect(change).toEqual({ name: "Contoso", environmentUrl: null, adminGroupId: "g", silenceHours: 48 });
  expect(changeOf({})).toEqual({});
});

it("makes what the API accepts", () => {
  const edits = { dynamicsOrganizationId: " c0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11 ", retentionDays: "30" };
  expect(organizationChange.parse(changeOf(edits))).toEqual({
    dynamicsOrganizationId: "c0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11",
    retentionDays: 30,
  });
});
