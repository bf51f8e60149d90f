import { describe, expect, it } from "vitest";
import type { MappingDraft } from "../../../functions/contracts/mapping.ts";
import { checkEdits, faultsIn } from "./checkEdits.ts";
import { fingerprintOf, needsSetup, newField, newLink, newTable, toDraft, toEdits } from "./edits.ts";
import type { TableEdit } from "./edits.ts";

const stored: MappingDraft = [
  {
    kind: "member",
    table: "contact",
    idColumn: "contactid",
    fields: [
      { field: "email", column: "emailaddress1", type: "email", required: true },
      { field: "level", column: "new_level", type: "number", default: 5 },
    ],
    links: [{ relationship: "new_contact_event", field: "events" }],
  },
];

describe("a mapping that is edited", () => {
  it("is sent as it was stored when nothing was changed", () => {
    const draft = toDraft(toEdits(stored));
    expect(draft[0]?.fields[0]).toEqual(stored[0]?.fields[0]);
    expect(draft[0]?.links).toEqual(stored[0]?.links);
    expect(fingerprintOf(draft)).toBe(fingerprintOf(toDraft(toEdits(draft))));
  });

  it("is another draft after any change, and the same one when the change is taken back", () => {
    const [table] = toEdits(stored) as [TableEdit];
    const before = fingerprintOf(toDraft([table]));
    const changed = { ...table, fields: [...table.fields, newField()] };
    expect(fingerprintOf(toDraft([changed]))).not.toBe(before);
    expect(fingerprintOf(toDraft([{ ...changed, fields: table.fields }]))).toBe(before);
  });

  it("needs Dynamics to be set up again only for what it does not send yet", () => {
    const [table] = stored as [MappingDraft[number]];
    const inForce = [{ ...table, version: 3 }];
    const [email] = table.fields;
    const needs = (part: Partial<MappingDraft[number]>) => needsSetup(inForce, [{ ...table, ...part }]);
    expect(needs({ fields: [{ field: "mail", column: email?.column ?? "", type: "text" }] })).toBe(false);
    expect(needs({ fields: [{ field: "email", column: "new_mail", type: "text" }] })).toBe(true);
    expect(needs({ table: "account" })).toBe(true);
    expect(needs({ links: [...table.links, { relationship: "new_other", field: "others" }] })).toBe(false);
    expect(needsSetup([{ ...table, links: [], version: 3 }], [table])).toBe(true);
  });

  it("loses the spaces around what was typed, and leaves out what is empty", () => {
    const field = { ...newField(), field: " name ", column: " fullname", default: " " };
    const table = { ...newTable(), table: "contact ", idColumn: "contactid", fields: [field] };
    expect(toDraft([table])).toEqual([
      {
        ...{ kind: "member", table: "contact", idColumn: "contactid", links: [] },
        fields: [{ field: "name", column: "fullname", type: "text" }],
      },
    ]);
  });
});

describe("the faults of a mapping that is edited", () => {
  it("are none for what is stored", () => {
    expect(checkEdits(toEdits(stored)).size).toBe(0);
  });

  it("stand at the input that is wrong, and are counted by table", () => {
    const [table] = toEdits(stored) as [TableEdit];
    const twice = { ...newField(), field: "email", column: "e mail" };
    const broken = { ...table, idColumn: "", fields: [...table.fields, twice] };
    const other = newTable();
    const faults = checkEdits([broken, other]);
    expect(faults.get(`${table.key}.idColumn`)).toContain("logical name");
    expect(faults.get(`${twice.key}.field`)).toContain("there twice");
    expect(faults.get(`${twice.key}.column`)).toContain("logical name");
    expect(faultsIn(broken, faults)).toBe(3);
    expect(faultsIn(other, faults)).toBe(4);
  });

  it("name a relationship that is linked twice, with or without capitals", () => {
    const [table] = toEdits(stored) as [TableEdit];
    const again = { ...newLink(), relationship: "New_Contact_Event ", field: "others" };
    const faults = checkEdits([{ ...table, links: [...table.links, again] }]);
    expect([...faults]).toEqual([[`${again.key}.relationship`, expect.stringContaining("there twice")]]);
  });

  it("name a table that is mapped twice", () => {
    const [one, two] = [...toEdits(stored), ...toEdits(stored)] as [TableEdit, TableEdit];
    const faults = checkEdits([one, two]);
    expect([faults.has(`${one.key}.table`), faults.has(`${two.key}.table`)]).toEqual([false, true]);
  });

  it("name the table with which all of them together get too large", () => {
    const tables = Array.from({ length: 4 }, () => ({
      ...newTable(),
      fields: Array.from({ length: 80 }, newField),
    }));
    const faults = checkEdits(tables);
    expect(tables.map(({ key }) => faults.get(`${key}.fields`))).toEqual([
      ...[undefined, undefined, undefined],
      "All tables together can have at most 300 fields and links.",
    ]);
  });
});
