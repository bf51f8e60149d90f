import { describe, expect, it } from "vitest";
import type { FieldMapping, MappingDraft } from "../contracts/mapping.ts";
import { checkDefaults } from "./checkDefaults.ts";
import { mappingChanges } from "./mappingChanges.ts";

const email: FieldMapping = { field: "email", column: "emailaddress1", type: "email" };
const city: FieldMapping = { field: "city", column: "address1_city", type: "text" };

function contact(...fields: FieldMapping[]): MappingDraft {
  return [{ kind: "member", table: "contact", idColumn: "contactid", fields, links: [] }];
}

describe("mappingChanges", () => {
  it("names each field that was added, removed or changed, in words", () => {
    const changed: FieldMapping = { ...email, column: "emailaddress2", required: true };
    const added: FieldMapping = { field: "language", column: "new_lang", type: "text", default: "da" };
    expect(mappingChanges(contact(email, city), contact(changed, added))).toEqual([
      { field: "contact: email", old: "emailaddress1 as email", new: "emailaddress2 as email, required" },
      { field: "contact: city", old: "address1_city as text", new: null },
      { field: "contact: language", old: null, new: "new_lang as text, default da" },
    ]);
  });

  it("names tables that came and went, settings and links", () => {
    const [first] = contact(email);
    const base = first as MappingDraft[number];
    const links = [{ relationship: "new_contact_event", field: "events" }];
    const event = { ...base, table: "new_event", kind: "event" as const, fields: [] };
    expect(mappingChanges([base], [{ ...base, idColumn: "new_id", links }, event])).toEqual([
      { field: "contact: id column", old: "contactid", new: "new_id" },
      { field: "contact link: new_contact_event", old: null, new: "events" },
      { field: "new_event", old: null, new: "event by contactid: no fields" },
    ]);
    expect(mappingChanges([base, event], [base])).toMatchObject([{ field: "new_event", new: null }]);
  });

  it("finds nothing where only the order differs", () => {
    expect(mappingChanges(contact(email, city), contact(city, { ...email, required: false }))).toEqual([]);
  });
});

describe("checkDefaults", () => {
  it("finds a default that its own field could not take, and where it is", () => {
    const draft = contact(city, { field: "count", column: "new_count", type: "number", default: "many" });
    expect(checkDefaults(draft)).toEqual([
      {
        field: "mappings.0.fields.1.default",
        message: 'The default of contact.count is "many", which is not a number.',
      },
    ]);
    expect(checkDefaults(contact({ ...city, default: "Oslo" }))).toEqual([]);
  });
});
