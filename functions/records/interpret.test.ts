import { describe, expect, it } from "vitest";
import { parseContext } from "../dynamics/context.ts";
import { body, choice, date, entity, pairs, reference, rowBody } from "../dynamics/testing/body.ts";
import { defaultMappings } from "./defaultMappings.ts";
import { interpret, interpretRow } from "./interpret.ts";
import type { Interpretation } from "./interpretation.ts";
import type { MappingSet } from "../contracts/mapping.ts";
import { compareStamps } from "./record.ts";

const id = "11111111-aaaa-4aaa-8aaa-000000000001";
const otherId = "11111111-aaaa-4aaa-8aaa-000000000002";
const categoryId = "33333333-cccc-4ccc-8ccc-000000000001";
const event = { eventId: "e".repeat(32), receivedAt: 1_757_000_005_000 };
const operationTime = 1_757_000_000_000;
const relationship = {
  SchemaName: "msnfp_msnfp_membership_msnfp_membershipcategory",
  PrimaryEntityRole: null,
};

function read(raw: unknown, mappings: MappingSet = defaultMappings): Interpretation {
  return interpret(parseContext(raw), mappings, event);
}

/** What an event changes: kind, id and fields of each record. */
function changes(raw: unknown, mappings?: MappingSet): unknown[] {
  const interpretation = read(raw, mappings);
  if (interpretation.result !== "changes") throw new Error(JSON.stringify(interpretation));
  return interpretation.changes.map(({ kind, externalId, fields }) => [kind, externalId, fields]);
}

describe("rows", () => {
  it("reads the mapped columns of an Update, stamped with the row's time and version", () => {
    const columns = {
      firstname: "Ada",
      emailaddress1: null,
      new_other: 1,
      modifiedon: date(1_756_999_999_000),
      versionnumber: 7,
    };
    expect(read(rowBody("Update", "contact", id, columns))).toEqual({
      result: "changes",
      changes: [
        {
          kind: "member",
          externalId: id,
          eventId: event.eventId,
          time: 1_756_999_999_000,
          rowVersion: 7,
          fields: { firstName: "Ada", email: null },
        },
      ],
    });
  });

  it("takes the time of the operation, else of receipt, when the row has none", () => {
    const time = (members: Record<string, unknown>) => {
      const interpretation = read(rowBody("Update", "contact", id, { firstname: "Ada" }, members));
      return interpretation.result === "changes" ? interpretation.changes[0]?.time : null;
    };
    expect(time({})).toBe(operationTime);
    expect(time({ OperationCreatedOn: undefined })).toBe(event.receivedAt);
  });

  it("puts a change after the creation of the row within the same second", () => {
    const columns = { firstname: "Ada", modifiedon: date(operationTime) };
    const stamps = ["Update", "Create"].flatMap((message) => {
      const interpretation = read(rowBody(message, "contact", id, columns));
      return interpretation.result === "changes" ? interpretation.changes : [];
    });
    expect(stamps.toSorted(compareStamps).map(({ rowVersion }) => rowVersion)).toEqual([null, 0]);
  });

  it("gives defaults to a new row only", () => {
    const [contact] = defaultMappings;
    const fields = [{ field: "language", column: "new_language", type: "text" as const, default: "da" }];
    const mappings = [{ ...contact, fields } as MappingSet[number]];
    expect(changes(rowBody("Create", "contact", id, {}), mappings)).toEqual([
      ["member", id, { language: "da" }],
    ]);
    expect(read(rowBody("Update", "contact", id, {}), mappings)).toMatchObject({ code: "record.unchanged" });
  });

  it("creates a record also from a row without any mapped column", () => {
    expect(changes(rowBody("Create", "contact", id, { new_other: 1 }))).toEqual([["member", id, {}]]);
  });

  it("reads every row of a bulk message, and one that is named twice once", () => {
    const rows = [
      entity("contact", id, { firstname: "Ada", lastname: "L" }),
      entity("contact", otherId, { firstname: "Eve" }),
      entity("contact", id, { firstname: "Ava" }),
    ];
    expect(changes(body("UpdateMultiple", { Targets: { Entities: rows, EntityName: "contact" } }))).toEqual([
      ["member", id, { firstName: "Ava", lastName: "L" }],
      ["member", otherId, { firstName: "Eve" }],
    ]);
  });

  it("finds a row's id in its columns when it is nowhere else", () => {
    const rows = [
      entity("contact", null, { contactid: id, firstname: "Ada" }),
      entity("contact", otherId, {}),
    ];
    const members = { PrimaryEntityName: "contact" };
    expect(changes(body("UpdateMultiple", { Targets: { Entities: rows } }, members))).toEqual([
      ["member", id, { firstName: "Ada" }],
    ]);
  });

  it("skips an Update of columns that are not mapped", () => {
    expect(read(rowBody("Update", "contact", id, { new_other: 1 }))).toEqual({
      result: "skipped",
      code: "record.unchanged",
      message: "None of the columns that contact.Update carries is mapped.",
    });
  });

  it("says which value cannot be read", () => {
    expect(read(rowBody("Update", "contact", id, { birthdate: "soon" }))).toEqual({
      result: "error",
      code: "mapping.valueInvalid",
      message: 'Column birthdate holds "soon", which is not a date (field birthDate).',
    });
  });

  it("says which required value is missing", () => {
    const fields = [{ field: "name", column: "fullname", type: "text" as const, required: true }];
    const mappings = [{ ...defaultMappings[0], fields } as MappingSet[number]];
    const raw = rowBody("Create", "contact", id, {});
    expect(read(raw, mappings)).toMatchObject({ result: "error", code: "mapping.requiredMissing" });
  });

  it("removes a record on Delete, also when the body was stripped", () => {
    expect(changes(rowBody("Delete", "contact", id, {}))).toEqual([["member", id, null]]);
    const stripped = rowBody("Delete", "contact", id, {}, { InputParameters: [] });
    expect(changes(stripped)).toEqual([["member", id, null]]);
  });
});

describe("messages of older clients", () => {
  it("reads SetState", () => {
    const input = { EntityMoniker: reference("contact", id), State: choice(1), Status: choice(2) };
    expect(changes(body("SetState", input, { PrimaryEntityName: "contact" }))).toEqual([
      ["member", id, { state: 1, status: 2 }],
    ]);
  });

  it("reads Assign when the owner is mapped, and has nothing to do when not", () => {
    const owner = "44444444-dddd-4ddd-8ddd-000000000001";
    const raw = body("Assign", {
      Target: reference("contact", id),
      Assignee: reference("systemuser", owner),
    });
    expect(read(raw)).toMatchObject({ result: "skipped", code: "record.unchanged" });
    const fields = [{ field: "owner", column: "ownerid", type: "reference" as const }];
    const mappings = [{ ...defaultMappings[0], fields } as MappingSet[number]];
    expect(changes(raw, mappings)).toEqual([["member", id, { owner: { id: owner, table: "systemuser" } }]]);
  });

  it("reads Merge: the target takes values over, the other row is deactivated and points at it", () => {
    const input = {
      Target: reference("contact", id),
      SubordinateId: otherId,
      UpdateContent: entity("contact", null, { telephone1: "1" }),
    };
    const raw = body("Merge", input, { PrimaryEntityName: "contact" });
    expect(changes(raw)).toEqual([
      ["member", id, { phone: "1" }],
      ["member", otherId, { merged: true, mergedInto: { id, table: "contact" }, state: 1 }],
    ]);
    const { SubordinateId: _, ...rest } = input;
    expect(read(body("Merge", rest))).toEqual({
      result: "error",
      code: "record.idMissing",
      message: "contact.Merge does not name both of its records.",
    });
  });
});

describe("links", () => {
  const membership = reference("msnfp_membership", id);
  const category = reference("msnfp_membershipcategory", categoryId);
  const field = `categories/${categoryId}`;

  it("reads Associate and Disassociate, whichever side is the target", () => {
    const linked = [["membership", id, { [field]: { id: categoryId, table: "msnfp_membershipcategory" } }]];
    const forward = { Target: membership, Relationship: relationship, RelatedEntities: [category] };
    const backward = { Target: category, Relationship: relationship, RelatedEntities: [membership] };
    expect(changes(body("Associate", forward))).toEqual(linked);
    expect(changes(body("Associate", backward))).toEqual(linked);
    expect(changes(body("Disassociate", forward))).toEqual([["membership", id, { [field]: null }]]);
  });

  it("reads related rows in a collection, and the schema name in any case", () => {
    const RelatedEntities = { EntityReferences: [category], Entities: [category] };
    const Relationship = { SchemaName: relationship.SchemaName.toUpperCase() };
    expect(changes(body("Associate", { Target: membership, Relationship, RelatedEntities }))).toHaveLength(1);
  });

  it("reads related rows in a collection of references", () => {
    const RelatedEntities = { EntityReferences: [category] };
    expect(
      changes(body("Associate", { Target: membership, Relationship: relationship, RelatedEntities })),
    ).toEqual([["membership", id, { [field]: { id: categoryId, table: "msnfp_membershipcategory" } }]]);
  });

  it("skips links that are not mapped, and of tables that are not", () => {
    const Relationship = { SchemaName: "contactleads_association" };
    const unmapped = body("Associate", { Target: membership, Relationship, RelatedEntities: [category] });
    expect(read(unmapped)).toEqual({
      result: "skipped",
      code: "message.notSupported",
      message: "The link contactleads_association is not mapped.",
    });
    const lead = body("Associate", {
      Target: reference("lead", id),
      Relationship,
      RelatedEntities: [category],
    });
    expect(read(lead)).toMatchObject({ result: "skipped", code: "table.notMapped" });
  });

  it("is an error when a mapped link names no rows", () => {
    const raw = body("Associate", { Target: membership, Relationship: relationship, RelatedEntities: [] });
    expect(read(raw)).toMatchObject({ result: "error", code: "record.idMissing" });
  });
});

describe("events that change nothing", () => {
  it.each([
    ["a table that is not mapped", rowBody("Update", "lead", id, {}), "table.notMapped"],
    ["a message that is not carried over", rowBody("GrantAccess", "contact", id, {}), "message.notSupported"],
    ["a message that every object has", rowBody("constructor", "contact", id, {}), "message.notSupported"],
    [
      "our own change",
      rowBody("Update", "contact", id, {}, { SharedVariables: pairs({ tag: "portal-sync" }) }),
      "event.echo",
    ],
  ])("skips %s", (_name, raw, code) => {
    expect(read(raw)).toMatchObject({ result: "skipped", code, message: expect.stringMatching(/\.$/) });
  });

  it("says of a message without a table that it names none", () => {
    expect(read(body("PublishAll", { ParameterXml: "" }))).toEqual({
      result: "skipped",
      code: "message.notSupported",
      message: "Message PublishAll names no table, so it is not carried over.",
    });
  });

  it("is an error when no record is named", () => {
    const raw = body("Update", {}, { PrimaryEntityName: "contact" });
    expect(read(raw)).toMatchObject({ result: "error", code: "record.idMissing" });
  });
});

describe("an event that was stripped", () => {
  const stripped = rowBody("Update", "contact", id, {}, { InputParameters: undefined });

  it("says which row and columns to read", () => {
    const interpretation = read(stripped);
    expect(interpretation).toMatchObject({
      result: "needsRead",
      read: { table: "contact", id, entitySets: {} },
    });
    const columns = interpretation.result === "needsRead" ? interpretation.read.columns : [];
    expect(columns).toContainEqual({ name: "emailaddress1", lookup: false });
    expect(columns).toContainEqual({ name: "parentcustomerid", lookup: true });
  });

  it("is read from the row as it is now, with its time and version", () => {
    const columns = { firstname: "Ada", emailaddress1: null, modifiedon: "2026-01-01T00:00:00.000Z" };
    const row = { table: "contact", id, columns, etag: "x", rowVersion: 9 };
    expect(interpretRow(parseContext(stripped), defaultMappings, event, row)).toMatchObject({
      result: "changes",
      changes: [
        {
          time: Date.UTC(2026, 0, 1),
          rowVersion: 9,
          fields: { firstName: "Ada", email: null },
          eventId: event.eventId,
        },
      ],
    });
  });
});
