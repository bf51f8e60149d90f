import { asText } from "../data/columns.ts";
import type { Value } from "../data/columns.ts";
import type { Environment } from "../data/environment.ts";
import type { Row } from "../data/store.ts";
import { createRow, updateRow } from "../data/writes.ts";

/** The columns of a contact that the form edits. */
const MEMBER_COLUMNS = [
  "firstname",
  "lastname",
  "emailaddress1",
  "telephone1",
  "mobilephone",
  "address1_city",
] as const;

/** What the form sends: every field as text. */
export type MemberForm = Record<string, string>;

/** Members whose name, mail address or city contains the text, ordered by name. */
export function findMembers(env: Environment, search: string): Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const collator = new Intl.Collator("en");
  return env.store
    .rows("contact")
    .filter((row) => {
      const text = ["fullname", "emailaddress1", "address1_city"]
        .map((column) => asText(row.values[column]))
        .join(" ")
        .toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((left, right) => collator.compare(nameOf(left), nameOf(right)));
}

/** A contact's name. */
export function nameOf(row: Row): string {
  return asText(row.values["fullname"]) || "(no name)";
}

/** The memberships of all contacts, by contact: the one that ends last. */
export function currentMemberships(env: Environment): Map<string, Row> {
  const memberships = new Map<string, Row>();
  for (const row of env.store.rows("msnfp_membership")) {
    const customer = row.values["msnfp_customer"];
    if (typeof customer !== "object" || customer === null) continue;
    const known = memberships.get(customer.id);
    if (!known || endOf(row) > endOf(known)) memberships.set(customer.id, row);
  }
  return memberships;
}

/** The day on which a membership ends, `2026-12-31`; empty when it has none. */
export function endOf(membership: Row | undefined): string {
  return asText(membership?.values["msnfp_enddate"]);
}

/** What saving came to. */
export type Saved = { id: string; changed: boolean };

/** Name of the form's hidden field that holds what another field held when the page was opened. */
export const openedWith = (field: string): string => `${field}.opened`;

/** Saves the form as Dynamics does: writes the fields that a person changed, and leaves what others changed meanwhile. */
export function saveMember(env: Environment, member: Row | undefined, form: MemberForm): Saved {
  const isTouched = (field: string) => form[field] !== form[openedWith(field)];
  const values: Record<string, Value> = {};
  for (const column of MEMBER_COLUMNS.filter(isTouched)) values[column] = form[column]?.trim() || null;
  if (member && isTouched("statecode")) values["statecode"] = form["statecode"] === "1" ? 1 : 0;
  const differing = member ? changedValues(member, values) : values;
  const changed = Object.keys(differing).length > 0;
  const id = member ? member.id : createRow(env, "contact", values, env.editor).id;
  if (member && changed) updateRow(env, member, differing, env.editor);
  const membershipChanged =
    isTouched("msnfp_enddate") && saveMembership(env, id, form["msnfp_enddate"] ?? "");
  return { id, changed: changed || membershipChanged };
}

/** The end date belongs to the membership: a row, and so a webhook, of its own. Says whether it changed. */
function saveMembership(env: Environment, contactId: string, end: string): boolean {
  const membership = currentMemberships(env).get(contactId);
  if (end === endOf(membership)) return false;
  if (membership) {
    updateRow(env, membership, { msnfp_enddate: end || null }, env.editor);
    return true;
  }
  const values = {
    msnfp_name: `${end.slice(0, 4)} Full member`,
    msnfp_customer: { table: "contact", id: contactId },
    msnfp_startdate: env.now().toISOString().slice(0, 10),
    msnfp_enddate: end,
  };
  createRow(env, "msnfp_membership", values, env.editor);
  return true;
}

function changedValues(member: Row, values: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).filter(([column, value]) => (member.values[column] ?? null) !== value),
  );
}
