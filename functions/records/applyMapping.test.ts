import { describe, expect, it } from "vitest";
import { applyMapping } from "./applyMapping.ts";
import { defaultMappings } from "./defaultMappings.ts";
import { mapping as mappingSchema } from "../contracts/mapping.ts";
import type { Mapping } from "../contracts/mapping.ts";

const mapping: Mapping = {
  version: 1,
  kind: "member",
  table: "contact",
  idColumn: "contactid",
  fields: [
    { field: "name", column: "fullname", type: "text", required: true },
    { field: "email", column: "emailaddress1", type: "email" },
    { field: "language", column: "new_language", type: "text", default: "da" },
  ],
  links: [],
};
const changed = { created: false };

function statuses(columns: Parameters<typeof applyMapping>[1], options?: Parameters<typeof applyMapping>[2]) {
  return applyMapping(mapping, columns, options).fields.map(({ field, value, status }) => [
    field,
    value,
    status,
  ]);
}

describe("applyMapping", () => {
  it("gives a new row its defaults", () => {
    expect(statuses({ fullname: "Ada", emailaddress1: "a@b.c" })).toEqual([
      ["name", "Ada", "PRESENT"],
      ["email", "a@b.c", "PRESENT"],
      ["language", "da", "DEFAULT_USED"],
    ]);
  });

  it("leaves what a change does not carry unchanged, and clears what is null", () => {
    expect(statuses({ emailaddress1: null }, changed)).toEqual([
      ["name", null, "MISSING"],
      ["email", null, "PRESENT"],
      ["language", null, "MISSING"],
    ]);
    expect(statuses({ new_language: null }, changed)[2]).toEqual(["language", null, "PRESENT"]);
  });

  it("says which value of which column does not fit, in a short sentence", () => {
    const [, email] = applyMapping(mapping, { emailaddress1: "none" }, changed).fields;
    expect(email).toEqual({
      field: "email",
      column: "emailaddress1",
      value: null,
      status: "INVALID",
      problem: 'Column emailaddress1 holds "none", which is not an e-mail address (field email).',
    });
    const long = applyMapping(mapping, { emailaddress1: "x".repeat(5000) }, changed).fields[1];
    expect(long?.problem?.length).toBeLessThan(200);
    for (const start of ["", "x"]) {
      const cut = applyMapping(mapping, { emailaddress1: start + "🙂".repeat(99) }, changed).fields[1];
      expect(cut?.problem).toContain("🙂…");
      expect(cut?.problem?.isWellFormed()).toBe(true);
    }
  });

  it("says that a required value is missing: on a new row, or when a change clears it", () => {
    const problem = "Column fullname is empty, but field name requires a value.";
    expect(applyMapping(mapping, {}).fields[0]).toMatchObject({ status: "MISSING", problem });
    expect(applyMapping(mapping, { fullname: null }, changed).fields[0]).toMatchObject({
      status: "MISSING",
      problem,
    });
    expect(applyMapping(mapping, {}, changed).fields[0]).not.toHaveProperty("problem");
  });

  it("does not take a column for sent that every object has", () => {
    const odd = { ...mapping, fields: [{ field: "odd", column: "constructor", type: "text" as const }] };
    expect(applyMapping(odd, {}).fields[0]).toMatchObject({ status: "MISSING", value: null });
  });
});

describe("mapping schema", () => {
  it("accepts the mappings that organizations start with", () => {
    for (const one of defaultMappings) expect(mappingSchema.parse(one)).toEqual(one);
  });

  it("refuses two columns for one field", () => {
    const twice = {
      ...mapping,
      fields: [...mapping.fields, { field: "name", column: "lastname", type: "text" }],
    };
    expect(mappingSchema.safeParse(twice).error?.message).toContain("same field");
  });
});
