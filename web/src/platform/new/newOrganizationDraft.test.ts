import { expect, it } from "vitest";
import { newOrganization } from "../../../../functions/contracts/organizations.ts";
import { emptyDraft, toNewOrganization, withId } from "./newOrganizationDraft.ts";

const draft = {
  ...emptyDraft,
  name: " Contoso Association ",
  dynamicsOrganizationId: "c0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11 ",
};

it("gives an id that follows the name until one is typed", () => {
  expect(withId(draft).id).toBe("contoso-association");
  expect(withId({ ...draft, id: "contoso" }).id).toBe("contoso");
  expect(withId({ ...draft, id: "" }).id).toBe("");
});

it("makes what the API accepts", () => {
  expect(newOrganization.parse(toNewOrganization(draft))).toEqual({
    id: "contoso-association",
    name: "Contoso Association",
    dynamicsOrganizationId: "c0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11",
    environmentUrl: null,
    adminGroupId: null,
    silenceHours: 24,
  });
});
