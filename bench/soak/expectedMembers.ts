import type { SoakEvent } from "./plan.ts";

/** A member as it has to be: its values by field, or when and by which event it was deleted. */
export type ExpectedMember = { fields: Record<string, string | null> } | { deletedBy: string };

/** The fields of a member that the soak's columns are mapped to by default. */
const fieldOf: Readonly<Record<string, string>> = {
  telephone1: "phone",
  address1_city: "city",
  emailaddress1: "email",
  jobtitle: "jobTitle",
};

/**
 * Last writer wins, worked out in the plainest way: put the events in order and apply them. A deletion is for ever, and
 * the earliest one is the one that counts.
 */
export function expectedMembers(events: Iterable<SoakEvent>): Map<string, ExpectedMember> {
  const effective = [...events].filter(({ effect }) => effect !== "faulty" && effect !== "unmapped");
  const inOrder = effective.toSorted(inTime);
  const members = new Map<string, ExpectedMember>();
  for (const { member, effect, columns, eventId } of inOrder) {
    const known = members.get(member);
    if (known && "deletedBy" in known) continue;
    if (effect === "delete") {
      members.set(member, { deletedBy: eventId });
      continue;
    }
    const named = Object.entries(columns).map(([column, value]) => [fieldOf[column], value] as const);
    members.set(member, { fields: { ...known?.fields, ...Object.fromEntries(named) } });
  }
  return members;
}

/** By the second of the change; within it a creation comes before all else, and then the event's id decides. */
function inTime(one: SoakEvent, other: SoakEvent): number {
  const creationFirst = Number(other.effect === "create") - Number(one.effect === "create");
  return one.modifiedAt - other.modifiedAt || creationFirst || (one.eventId < other.eventId ? -1 : 1);
}
