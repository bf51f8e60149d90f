import { expect, it } from "vitest";
import { eventTypeTitle } from "./eventTypeTitle.ts";

it.each([
  ["contact.Update", "Member changed"],
  ["account.Create", "Company created"],
  ["msnfp_membership.Delete", "Membership deleted"],
  ["contact.UpdateMultiple", "Members changed"],
  ["contact.SetStateDynamicEntity", "Member activated or deactivated"],
  ["task.Update", "Row of task changed"],
  ["contact.Retrieve", "contact.Retrieve"],
  ["constructor.constructor", "constructor.constructor"],
  ["unknown", "unknown"],
])("%s reads: %s", (eventType, title) => expect(eventTypeTitle(eventType)).toBe(title));
