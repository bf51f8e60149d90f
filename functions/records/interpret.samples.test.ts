import { describe, expect, it } from "vitest";
import { parseContext } from "../dynamics/context.ts";
import { sample, sampleNames, samplesExist } from "../dynamics/testing/samples.ts";
import { defaultMappings } from "./defaultMappings.ts";
import { interpret } from "./interpret.ts";
import type { FieldMapping, MappingSet } from "../contracts/mapping.ts";

const event = { eventId: "e".repeat(32), receivedAt: 0 };
const jane = "11111111-aaaa-4aaa-8aaa-000000000001";
const membership = "22222222-bbbb-4bbb-8bbb-000000000001";
const category = "33333333-cccc-4ccc-8ccc-000000000001";
const account = "53c52f26-a89d-ef11-8a69-000d3a30b0c1";

/** What a person expects of each body: the records that change, as `[kind, id, fields]`, or the outcome. */
const expected: Record<string, unknown> = {
  "01": [
    [
      "member",
      "6d81597f-0f9f-e711-8122-000d3aa2331c",
      { firstName: "James", fullName: "James Glynn (sample)" },
    ],
  ],
  "02": "table.notMapped",
  "04": "table.notMapped",
  "08": "table.notMapped",
  "09": [
    [
      "company",
      account,
      {
        name: "АаБбВвГгДдЕеËëЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯяРРР",
        merged: false,
        state: 0,
        status: 1,
      },
    ],
  ],
  "14": [["company", "01b5eeb5-455e-ee11-be6f-000d3a1aaa29", null]],
  S1: [
    [
      "membership",
      membership,
      {
        name: "2026 Full member",
        holder: { id: jane, table: "contact" },
        startDate: "2026-01-01",
        endDate: "2026-12-31",
        state: 0,
        status: 1,
      },
    ],
  ],
  S2: [["member", jane, { email: null }]],
  S3: [["member", jane, null]],
  S4: [
    [
      "membership",
      membership,
      { [`categories/${category}`]: { id: category, table: "msnfp_membershipcategory" } },
    ],
  ],
  S6: [
    ["member", jane, { phone: "111" }],
    ["member", "11111111-aaaa-4aaa-8aaa-000000000002", { phone: "222" }],
  ],
  S11: "needsRead",
};

function outcome(name: string, mappings: MappingSet = defaultMappings): unknown {
  const interpretation = interpret(parseContext(sample(name)), mappings, event);
  if (interpretation.result === "changes") {
    return interpretation.changes.map(({ kind, externalId, fields }) => [kind, externalId, fields]);
  }
  return interpretation.result === "needsRead" ? "needsRead" : interpretation.code;
}

describe.runIf(samplesExist)("captured and synthetic bodies", () => {
  it.each(sampleNames())("%s comes to what a person expects", (name) => {
    expect(expected).toHaveProperty(name);
    expect(outcome(name)).toEqual(expected[name]);
  });

  it("reads every type of column when the table is mapped", () => {
    const types = {
      albxrm_name: "text",
      albxrm_twooptions: "boolean",
      albxrm_wholenumber: "number",
      albxrm_decimal: "number",
      albxrm_float: "number",
      albxrm_currency: "number",
      exchangerate: "number",
      albxrm_optionset: "choice",
      albxrm_multiselectoptionset: "list",
      albxrm_dateandtime: "instant",
      albxrm_lookupaccount: "reference",
    } as const;
    const fields = Object.entries(types).map(([column, type]): FieldMapping => ({
      field: column,
      column,
      type,
    }));
    const mapping = {
      version: 1,
      kind: "document",
      table: "albxrm_alltypes",
      idColumn: "albxrm_alltypesid",
    } as const;
    const id = "44bfc2a7-903e-eb11-a813-000d3ad9c2e1";
    expect(outcome("08", [{ ...mapping, fields, links: [] }])).toEqual([
      [
        "document",
        id,
        {
          albxrm_name: "Test Betim",
          albxrm_twooptions: true,
          albxrm_wholenumber: 987_654_321,
          albxrm_decimal: 10.01,
          albxrm_float: 2365.12,
          albxrm_currency: 2154.32,
          exchangerate: 1,
          albxrm_optionset: 257_760_001,
          albxrm_multiselectoptionset: [257_760_001, 257_760_002],
          albxrm_dateandtime: "2020-12-15T07:00:00.000Z",
          albxrm_lookupaccount: { id: "b76b3f4b-1be7-e611-8101-e0071b6af231", table: "account" },
        },
      ],
    ]);
  });

  it("reads the double-encoded texts of 08 and 09, and no other body has any", () => {
    expect(parseContext(sample("08")).targets[0]?.formatted["albxrm_currency"]).toBe("€2,154.32");
    expect(parseContext(sample("09")).targets[0]?.columns?.["new_name"]).toBe("ĢārūmžīmēščūļōšĶKĢĻČņ");
    const repaired = sampleNames().filter((name) => parseContext(sample(name)).textRepaired);
    expect(repaired.toSorted()).toEqual(["08", "09"]);
  });

  it("takes the right time of the operation, at most two seconds after the row was changed", () => {
    for (const name of ["01", "04"]) {
      const context = parseContext(sample(name));
      const modified = new Date(context.targets[0]?.columns?.["modifiedon"] as string).getTime();
      const delay = (context.operationCreatedAt ?? 0) - modified;
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThanOrEqual(2000);
    }
  });
});
