import { describe, expect, it } from "vitest";
import { NotAContext, parseContext } from "./context.ts";
import type { PlainValue } from "./plainValue.ts";
import {
  body,
  choice,
  date,
  entity,
  pairs,
  reference,
  rowBody,
  sampleOrganizationId,
} from "./testing/body.ts";

const id = "11111111-aaaa-4aaa-8aaa-000000000001";
const otherId = "22222222-bbbb-4bbb-8bbb-000000000002";
const contracts = "http://schemas.microsoft.com/xrm/2011/Contracts";

/** The plain value of a column as it stands in a body. */
function plain(raw: unknown): PlainValue | undefined {
  return parseContext(rowBody("Update", "contact", id, { column: raw })).targets[0]?.columns?.["column"];
}

describe("values", () => {
  it.each<[string, unknown, PlainValue]>([
    ["text", "Ada", "Ada"],
    ["double-encoded text", "MÃ¼ller", "Müller"],
    ["a number", 1.5, 1.5],
    ["yes", true, true],
    ["nothing", null, null],
    ["a date", date(1757000000000), "2025-09-04T15:33:20.000Z"],
    ["an ISO date", "2025-09-04T17:33:20+02:00", "2025-09-04T15:33:20.000Z"],
    ["a day", "2025-09-04", "2025-09-04"],
    ["a choice", choice(3), 3],
    ["a choice without a type", { Value: 3 }, 3],
    ["money", { __type: `Money:${contracts}`, Value: 2154.32 }, 2154.32],
    ["several choices", [choice(1), choice(2)], [1, 2]],
    ["a lookup", reference("account", id.toUpperCase()), { id, table: "account" }],
    ["a lookup with a name", reference("account", id, "MÃ¼ller"), { id, table: "account", name: "Müller" }],
    ["a lookup without a row", reference("account", "00000000-0000-0000-0000-000000000000"), null],
    ["a wrapped GUID", { __type: "Guid:#System", __value: id }, id],
    ["a wrapped date", { __type: "DateTime:#System", __value: date(0) }, "1970-01-01T00:00:00.000Z"],
    ["a wrapped number", { __type: "Int32:#System", __value: 7 }, 7],
    [
      "an aliased value",
      {
        __type: `AliasedValue:${contracts}`,
        AttributeLogicalName: "name",
        EntityLogicalName: "account",
        Value: choice(4),
      },
      4,
    ],
  ])("reads %s", (_name, raw, value) => expect(plain(raw)).toEqual(value));

  it("reads a list of rows", () => {
    const party = entity("activityparty", id, { partyid: reference("contact", otherId) });
    expect(
      plain({ __type: `EntityCollection:${contracts}`, Entities: [party], EntityName: "activityparty" }),
    ).toMatchObject([
      { table: "activityparty", id, columns: { partyid: { id: otherId, table: "contact" } } },
    ]);
  });

  it("says when it repaired text, also text for people only", () => {
    const formatted = { ...entity("contact", id, {}), FormattedValues: [{ key: "fee", value: "â‚¬ 5" }] };
    const context = parseContext(body("Update", { Target: formatted }));
    expect(context.textRepaired).toBe(true);
    expect(context.targets[0]?.formatted).toEqual({ fee: "€ 5" });
    expect(parseContext(rowBody("Update", "contact", id, { name: "Müller" })).textRepaired).toBe(false);
  });
});

describe("parseContext", () => {
  it("names the event, its row and where it comes from", () => {
    const context = parseContext(rowBody("Update", "contact", id, { firstname: "Ada" }));
    expect(context).toMatchObject({
      organizationId: sampleOrganizationId,
      eventType: "contact.Update",
      table: "contact",
      recordId: id,
      recordIds: [id],
      synchronous: false,
      operationCreatedAt: 1757000000000,
      stepId: "75417616-4ea2-e711-8122-000d3aa2331c",
      stripped: false,
      ownEcho: false,
    });
  });

  it("takes the id of the target when the primary id is empty", () => {
    const members = { PrimaryEntityId: "00000000-0000-0000-0000-000000000000" };
    expect(parseContext(rowBody("Create", "contact", id, {}, members)).recordId).toBe(id);
    expect(parseContext(rowBody("Create", "contact", id, {}, { PrimaryEntityId: undefined })).recordId).toBe(
      id,
    );
  });

  it("takes the table of the target when there is no primary table", () => {
    const context = parseContext(body("Associate", { Target: reference("msnfp_membership", id) }));
    expect(context.eventType).toBe("msnfp_membership.Associate");
  });

  it("has no record and no table when the body names none", () => {
    const context = parseContext(body("RetrieveVersion", { Query: "x" }));
    expect(context).toMatchObject({
      table: null,
      eventType: "none.RetrieveVersion",
      recordId: null,
      recordIds: [],
    });
  });

  it("names every row of a bulk message", () => {
    const rows = [entity("contact", id, {}), entity("contact", otherId, {})];
    const context = parseContext(
      body("UpdateMultiple", { Targets: { Entities: rows, EntityName: "contact" } }),
    );
    expect(context).toMatchObject({ recordId: id, recordIds: [id, otherId], table: "contact" });
  });

  it("names both rows of a Merge", () => {
    const input = { Target: reference("contact", id), SubordinateId: otherId.toUpperCase() };
    expect(parseContext(body("Merge", input)).recordIds).toEqual([id, otherId]);
  });

  it("gives the rows of CreateMultiple the ids that its answer names, by their place", () => {
    const creation = (Ids: unknown, ...rowIds: (string | null)[]) => {
      const Entities = rowIds.map((rowId) => entity("contact", rowId, {}));
      return parseContext(
        body("CreateMultiple", { Targets: { Entities } }, { OutputParameters: pairs({ Ids }) }),
      );
    };
    expect(creation([id, otherId], null, null)).toMatchObject({
      recordId: id,
      recordIds: [id, otherId],
      targets: [{ id }, { id: otherId }],
    });
    expect(creation([id, id.toUpperCase()], otherId, null).recordIds).toEqual([otherId, id]);
    expect(
      creation({ __type: "ArrayOfguid", __value: [{ __type: "Guid:#System", __value: id }] }, null).recordId,
    ).toBe(id);
    expect(creation([id], null, null).recordIds).toEqual([]);
    expect(creation(undefined, null).recordIds).toEqual([]);
  });

  it.each([
    ["absent", undefined],
    ["empty", []],
    ["null", null],
  ])("knows a body whose content was stripped: %s", (_name, InputParameters) => {
    const members = { PrimaryEntityName: "contact", PrimaryEntityId: id, InputParameters };
    expect(parseContext(body("Update", {}, members))).toMatchObject({
      stripped: true,
      recordId: id,
      targets: [],
    });
  });

  it("reads collections that another serializer wrote as Key and Value, or as an object", () => {
    const attributes = [{ Key: "firstname", Value: "Ada" }];
    const target = { Attributes: attributes, Id: id, LogicalName: "contact" };
    const asList = body("Update", {}, { InputParameters: [{ Key: "Target", Value: target }] });
    const asObject = body(
      "Update",
      {},
      { InputParameters: { Target: { ...target, Attributes: { firstname: "Ada" } } } },
    );
    for (const one of [asList, asObject]) {
      expect(parseContext(one).targets[0]).toMatchObject({ id, columns: { firstname: "Ada" } });
    }
  });

  it("keeps images by their alias", () => {
    const PreEntityImages = [{ key: "PreImage", value: entity("contact", id, { firstname: "Eve" }) }];
    const context = parseContext(rowBody("Delete", "contact", id, {}, { PreEntityImages }));
    expect(context.preImages["PreImage"]?.columns).toEqual({ firstname: "Eve" });
  });

  it("takes the row version of the target", () => {
    const target = { ...entity("contact", id, {}), RowVersion: "5948260" };
    expect(parseContext(body("Update", { Target: target })).targets[0]?.rowVersion).toBe(5948260);
    const context = parseContext(rowBody("Update", "contact", id, { versionnumber: 7 }));
    expect(context.targets[0]?.rowVersion).toBe(7);
  });

  it("recognizes our own change by its tag", () => {
    const tagged = (tag: unknown) =>
      rowBody("Update", "contact", id, {}, { SharedVariables: [{ key: "tag", value: tag }] });
    expect(parseContext(tagged("portal-sync")).ownEcho).toBe(true);
    expect(parseContext(tagged("someone else")).ownEcho).toBe(false);
  });

  it("reads text with a byte order mark", () => {
    expect(parseContext(`\uFEFF${JSON.stringify(rowBody("Update", "contact", id, {}))}`).recordId).toBe(id);
  });

  it.each([
    ["not JSON", "hello", "notJson"],
    ["a list", [], "notContext"],
    ["null", null, "notContext"],
    ["an object of something else", { id: 1 }, "notContext"],
    ["no organization", body("Update", {}, { OrganizationId: "contoso" }), "notContext"],
    ["no message", body("", {}), "notContext"],
    ["no row", { OrganizationId: sampleOrganizationId, MessageName: "Update" }, "notContext"],
  ])("refuses %s with a sentence", (_name, raw, reason) => {
    const refusal = refusalOf(raw);
    expect(refusal.reason).toBe(reason);
    expect(refusal.message).toMatch(/^The body .*\.$/);
  });

  it("survives nesting of any depth", () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    const text = JSON.stringify(rowBody("Update", "contact", id, { column: "HERE" })).replace('"HERE"', deep);
    expect(parseContext(text).recordId).toBe(id);
    expect(refusalOf(deep).reason).toBe("notContext");
  });
});

function refusalOf(raw: unknown): NotAContext {
  try {
    parseContext(raw);
  } catch (error) {
    if (error instanceof NotAContext) return error;
    throw error;
  }
  throw new Error("It was accepted.");
}
