import { expect, it } from "vitest";
import { entitySetName } from "./entitySet.ts";

it.each([
  ["contact", "contacts"],
  ["msnfp_membershipcategory", "msnfp_membershipcategories"],
  ["new_survey", "new_surveys"],
  ["new_class", "new_classes"],
  ["new_branch", "new_branches"],
  ["new_box", "new_boxes"],
  ["new_fee", "new_fees"],
])("finds the rows of %s under %s", (table, set) => expect(entitySetName(table)).toBe(set));

it("prefers a name that was given", () => {
  expect(entitySetName("contact", { contact: "contactset" })).toBe("contactset");
});
