import { describe, expect, it } from "vitest";
import { maskPayload } from "./maskPayload.ts";
import { choice, date, entity, reference, rowBody } from "./testing/body.ts";
import { sample, sampleNames, samplesExist } from "./testing/samples.ts";

const contactId = "3f1d4c52-8f6b-4b6e-9b0e-0d6a5a1b2c3d";
const accountId = "5b6c7d8e-1f20-4a31-8b42-9c53ad64be75";
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const columns = {
  firstname: "Åsa",
  emailaddress1: "asa.sorensen@example.org",
  telephone1: "+45 20 55 12 34",
  description: "Called about her diagnosis. ".repeat(10),
  birthdate: date(311_990_400_000),
  annualincome: { __type: "Money:http://schemas.microsoft.com/xrm/2011/Contracts", Value: 512_345.5 },
  numberofchildren: 7654,
  creditlimit: 1234.5,
  gendercode: choice(844_060_002),
  new_interests: [choice(257_760_001)],
  parentcustomerid: reference("account", accountId, "Sørensen & Daughters"),
  ownerid: contactId,
  donotemail: true,
  fax: null,
  nickname: "",
};
const event = rowBody("Update", "contact", contactId, columns, {
  OperationCreatedOn: "/Date(1757000000000+0000)/",
  InitiatingUserAgent: "Carla's laptop",
  PreEntityImages: [{ key: "before", value: entity("contact", contactId, { lastname: "Vega-Before" }) }],
  SharedVariables: [{ key: "note", value: "Åsa's partner called" }],
  ParentContext: rowBody("Update", "contact", contactId, { lastname: "Vega-Parent" }),
  FutureMember: "Something about Åsa",
});

/** Texts and numbers in the places where a body has values of columns and parameters, ids and choices left out. */
function personalValues(body: unknown): (string | number)[] {
  const found: (string | number)[] = [];
  const inside = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(inside);
    else if (typeof value === "string" && value !== "" && !guid.test(value)) found.push(value);
    else if (typeof value === "number") found.push(value);
    else if (typeof value === "object" && value !== null) ofObject(value as Record<string, unknown>);
  };
  const ofObject = (object: Record<string, unknown>): void => {
    if (String(object["__type"]).startsWith("OptionSetValue")) return;
    const { Attributes, FormattedValues, value, Value, __value, Name, ...rest } = object;
    [Attributes, FormattedValues, value, Value, __value, Name].forEach(inside);
    for (const other of Object.values(rest)) if (typeof other === "object") inside(other);
  };
  inside(body);
  return found;
}

/** Every text and number of a body, whatever its place. */
function leaves(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

/** The values of columns that the mask has left, by looking for each of them. */
function personalLeft(body: unknown): unknown[] {
  const masked = maskPayload(body);
  const values = personalValues(body);
  const kept = new Set(personalValues(masked));
  const text = JSON.stringify(
    leaves(masked).filter((leaf) => typeof leaf === "string" && !isStructural(leaf)),
  );
  const long = values.map(String).filter((value) => value.length > 6);
  return [...values.filter((value) => kept.has(value)), ...long.filter((value) => text.includes(value))];
}

/** What names a thing of Dynamics rather than holds a value. */
const isStructural = (leaf: string) =>
  /^[a-z][a-z0-9_]*$/.test(leaf) || guid.test(leaf) || leaf.includes(":http");

describe("the mask of a payload", () => {
  it("leaves no value of a column, an image, a variable or a member that nobody knows", () => {
    expect(personalLeft(event)).toEqual([]);
    expect(personalValues(event).length).toBeGreaterThan(10);
    const text = JSON.stringify(maskPayload(event));
    expect(text).not.toMatch(
      /Åsa|sorensen|Sørensen|Vega|55 12|diagnosis|311990400000|512345|7654|1234\.5|laptop/,
    );
  });

  it("says of each value of which kind and about how long it was", () => {
    const masked = maskPayload(event) as { InputParameters: { value: { Attributes: unknown[] } }[] };
    const pair = (key: string, value: unknown) => ({ key, value });
    expect(masked.InputParameters[0]?.value.Attributes).toEqual([
      pair("firstname", "•••"),
      pair("emailaddress1", "•••@•••"),
      pair("telephone1", "••••••"),
      pair("description", "•".repeat(24)),
      pair("birthdate", "/Date(•••)/"),
      pair("annualincome", { ...columns.annualincome, Value: "#••.••" }),
      pair("numberofchildren", "#••"),
      pair("creditlimit", "#••.••"),
      pair("gendercode", columns.gendercode),
      pair("new_interests", columns.new_interests),
      pair("parentcustomerid", { ...columns.parentcustomerid, Name: "••••••••••••" }),
      pair("ownerid", contactId),
      pair("donotemail", true),
      pair("fax", null),
      pair("nickname", ""),
    ]);
  });

  it("keeps the envelope: who, when and which message", () => {
    const names = [
      "MessageName",
      "PrimaryEntityName",
      "PrimaryEntityId",
      "OperationCreatedOn",
      "OrganizationId",
    ];
    const pick = (body: unknown) => names.map((name) => (body as Record<string, unknown>)[name]);
    expect(pick(maskPayload(event))).toEqual(pick(event));
  });

  it("keeps nothing for its place alone", () => {
    const body = rowBody(
      "Update",
      "contact",
      contactId,
      {},
      { OrganizationName: "Åsa & Co.", Depth: 311_990_400 },
    );
    const input = [
      { key: "Åsa Sørensen", value: { LogicalName: "Åsa", Id: "Sørensen", RowVersion: "Vega" } },
    ];
    const text = JSON.stringify(maskPayload({ ...body, InputParameters: input }));
    expect(text).not.toMatch(/Åsa|Sørensen|Vega|311990400/);
  });

  it.each([
    ["text", "Åsa"],
    ["a number", 42_000],
    ["a list", ["Åsa"]],
  ])("takes a body that is only %s", (_, body) => {
    expect(JSON.stringify(maskPayload(body))).not.toMatch(/Åsa|42000/);
  });

  it("takes a body that is nested as deep as a body can be", () => {
    const deep = JSON.parse(`{"ParentContext":${"[".repeat(100_000)}"Åsa"${"]".repeat(100_000)}}`) as unknown;
    expect(JSON.stringify(maskPayload(deep))).not.toContain("Åsa");
  });

  describe.runIf(samplesExist)("on bodies that Dynamics sent", () => {
    it.each(sampleNames())("leaves nothing personal in %s", (name) => {
      const body = JSON.parse(sample(name).replace(/^\uFEFF/, "")) as unknown;
      expect(personalLeft(body)).toEqual([]);
    });
  });
});
