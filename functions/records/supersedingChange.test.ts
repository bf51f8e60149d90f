import { expect, it } from "vitest";
import { parseContext } from "../dynamics/context.ts";
import { date, rowBody } from "../dynamics/testing/body.ts";
import { defaultMappings } from "./defaultMappings.ts";
import type { PlatformRecord } from "./record.ts";
import { supersedingChange } from "./supersedingChange.ts";

const id = "11111111-aaaa-4aaa-8aaa-000000000001";
const operationTime = 1_757_000_000_000;
const minute = 60_000;

/** The event that left nothing to do of one whose row names this time, after its field was set this many minutes later. */
function after(minutes: number, modifiedon: number): string | null {
  const stamp = { time: operationTime + minutes * minute, rowVersion: null, eventId: "later" };
  const record: PlatformRecord = {
    ...{ id: "internal", kind: "member", externalId: id, deleted: null, createdBy: "first", removedBy: null },
    fields: { firstName: { ...stamp, value: "Eve", previous: null } },
  };
  const [member] = defaultMappings;
  if (!member) throw new Error("The default mappings begin with the member's.");
  const columns = { firstname: "Ada", modifiedon: date(modifiedon) };
  const context = parseContext(rowBody("Update", "contact", id, columns));
  const event = { eventType: "contact.Update", time: operationTime, context };
  return supersedingChange(record, member, event)?.eventId ?? null;
}

it("measures an event by its row's time, as processing does", () => {
  expect(after(10, operationTime + 5 * minute)).toBe("later");
  expect(after(10, operationTime + 15 * minute)).toBeNull();
});
