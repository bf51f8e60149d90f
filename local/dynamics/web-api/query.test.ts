import { describe, expect, it } from "vitest";
import { startTestDynamics } from "../testing/environment.ts";

const { dynamics, contoso, api } = await startTestDynamics();
const employer = contoso.create("account", { name: "Query Works", revenue: 1_250_000 });
const people = [
  { firstname: "Anna", lastname: "Query", birthdate: "1970-02-01", donotemail: true },
  { firstname: "Björn", lastname: "Query", birthdate: "1980-02-01", emailaddress1: "o'hara@example.org" },
  { firstname: "Céline", lastname: "Query", birthdate: "1990-02-01", statecode: 1 },
].map((person) =>
  contoso.create("contact", { ...person, "parentcustomerid_account@odata.bind": `/accounts(${employer})` }),
);
const [anna = "", bjorn = "", celine = ""] = people;

const names = async (filter: string) => {
  const query = `contacts?$select=firstname&$orderby=firstname&$filter=lastname eq 'Query' and (${encodeURIComponent(filter)})`;
  const { status, body } = await api(query);
  expect(status).toBe(200);
  return body.value.map((row: { firstname: string }) => row.firstname);
};

describe("a row", () => {
  it("is given with its etag, its id and what was selected", async () => {
    const { body, headers } = await api(
      `contacts(${anna})?$select=fullname,birthdate,_parentcustomerid_value`,
    );
    expect(body).toEqual({
      "@odata.context": `${contoso.environmentUrl}/api/data/v9.2/$metadata#contacts(fullname,birthdate,_parentcustomerid_value)/$entity`,
      "@odata.etag": expect.stringMatching(/^W\/"\d+"$/),
      fullname: "Anna Query",
      birthdate: "1970-02-01",
      _parentcustomerid_value: employer,
      contactid: anna,
    });
    expect(headers.get("odata-version")).toBe("4.0");
  });

  it("shows display texts only when asked", async () => {
    const headers = { prefer: 'odata.include-annotations="*"' };
    const path = `contacts(${celine})?$select=statecode,birthdate,_parentcustomerid_value`;
    const plain = await api(path);
    expect(Object.keys(plain.body).filter((key) => key.includes("FormattedValue"))).toEqual([]);
    const annotated = await api(path, { headers });
    expect(annotated.body).toMatchObject({
      statecode: 1,
      "statecode@OData.Community.Display.V1.FormattedValue": "Inactive",
      "birthdate@OData.Community.Display.V1.FormattedValue": "2/1/1990",
      "_parentcustomerid_value@OData.Community.Display.V1.FormattedValue": "Query Works",
      "_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "account",
      "_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty":
        "parentcustomerid_account",
    });
    expect(annotated.headers.get("preference-applied")).toContain("odata.include-annotations");
  });

  it("answers 304 to a caller that has this version", async () => {
    const { body } = await api(`contacts(${anna})`);
    const headers = { "if-none-match": body["@odata.etag"] };
    expect((await api(`contacts(${anna})`, { headers })).status).toBe(304);
    const more = { ...headers, prefer: 'odata.include-annotations="*"' };
    expect((await api(`contacts(${anna})`, { headers: more })).status).toBe(200);
    const expanded = `contacts(${anna})?$expand=parentcustomerid_account($select=name)`;
    expect((await api(expanded, { headers })).status).toBe(200);
    contoso.update("contact", anna, { jobtitle: "Editor" });
    expect((await api(`contacts(${anna})`, { headers })).status).toBe(200);
  });

  it("leads to what it is related to", async () => {
    expect((await api(`contacts(${anna})/parentcustomerid_account?$select=name`)).body.name).toBe(
      "Query Works",
    );
    const { body } = await api(
      `accounts(${employer})?$select=name&$expand=contact_customer_accounts($select=firstname)`,
    );
    expect(body.contact_customer_accounts).toHaveLength(3);
    const membership = contoso.rows("msnfp_membership")[0]?.id;
    const levels = await api(
      `msnfp_memberships(${membership})/msnfp_msnfp_membership_msnfp_membershipcategory`,
    );
    expect(levels.body.value).toMatchObject([{ msnfp_name: expect.any(String) }]);
  });
});

describe("a filter", () => {
  it.each([
    ["firstname eq 'anna'", ["Anna"]],
    ["firstname ne 'Anna'", ["Björn", "Céline"]],
    ["not (firstname eq 'Anna' or firstname eq 'Björn')", ["Céline"]],
    ["emailaddress1 eq 'o''hara@example.org'", ["Björn"]],
    ["emailaddress1 eq null", ["Anna", "Céline"]],
    ["emailaddress1 ne null", ["Björn"]],
    ["contains(firstname,'JÖR')", ["Björn"]],
    ["startswith(firstname,'C')", ["Céline"]],
    ["endswith(firstname,'a')", ["Anna"]],
    ["birthdate gt 1970-02-01", ["Björn", "Céline"]],
    ["birthdate ge 1980-02-01 and birthdate lt 1990-02-01", ["Björn"]],
    ["statecode eq 1", ["Céline"]],
    ["donotemail eq true", ["Anna"]],
    [`contactid eq ${bjorn}`, ["Björn"]],
    [`_parentcustomerid_value eq ${employer}`, ["Anna", "Björn", "Céline"]],
    ["parentcustomerid_account/revenue le 1250000", ["Anna", "Björn", "Céline"]],
    ["modifiedon lt 2000-01-01T00:00:00Z", []],
  ])("%s", async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  it.each([
    [
      "nosuchcolumn eq 1",
      "Could not find a property named 'nosuchcolumn' on type 'Microsoft.Dynamics.CRM.contact'.",
    ],
    ["parentcustomerid eq null", "Could not find a property named 'parentcustomerid'"],
    ["statecode eq 'x'", "incompatible types"],
    ["contains(statecode,'0')", "the function with name 'contains'"],
    ["contains(firstname,5)", "incompatible types"],
    ["contains(firstname,null)", "the function with name 'contains'"],
    ["firstname eq", "Syntax error"],
    ["firstname like 'x'", "Syntax error"],
    ["length(firstname) eq 3", "unknown function"],
  ])("%s is refused", async (filter, message) => {
    const { status, body } = await api(`contacts?$filter=${encodeURIComponent(filter)}`);
    expect(status).toBe(400);
    expect(body.error.message).toContain(message);
  });
});

describe("a list", () => {
  it("is ordered, cut and counted", async () => {
    const { body } = await api(
      "contacts?$select=firstname&$filter=lastname eq 'Query'&$orderby=birthdate desc&$top=2&$count=true",
    );
    expect(body["@odata.count"]).toBe(3);
    expect(body.value.map((row: { firstname: string }) => row.firstname)).toEqual(["Céline", "Björn"]);
    expect(body).not.toHaveProperty("@odata.nextLink");
    expect((await api("contacts/$count?$filter=lastname eq 'Query'")).body).toBe("3");
  });

  it("comes in pages that hold every row once, whatever the order", async () => {
    for (const order of ["", "&$orderby=address1_city desc,lastname"]) {
      const seen: string[] = [];
      let next: string | undefined = `contacts?$select=fullname${order}`;
      let pages = 0;
      while (next) {
        const { body } = await api(next, { headers: { prefer: "odata.maxpagesize=100" } });
        seen.push(...body.value.map((row: { contactid: string }) => row.contactid));
        next = body["@odata.nextLink"];
        pages += 1;
      }
      expect(pages).toBe(3);
      expect(new Set(seen).size).toBe(contoso.rows("contact").length);
      expect(seen).toHaveLength(new Set(seen).size);
    }
  });

  it("keeps its place when rows are deleted between pages", async () => {
    const headers = { prefer: "odata.maxpagesize=2" };
    const first = await api("accounts?$select=name&$orderby=name", { headers });
    const rest = await api("accounts?$select=name&$orderby=name");
    contoso.remove("account", first.body.value[0].accountid);
    const second = await api(first.body["@odata.nextLink"], { headers });
    expect(second.body.value[0].name).toBe(rest.body.value[2].name);
  });
});

describe("what is not served", () => {
  it.each([
    ["nosuchtables", 404],
    ["contacts(11111111-1111-4111-8111-111111111111)", 404],
    ["contacts(1)", 400],
    ["contacts?$skip=5", 400],
    ["contacts?$top=-1", 400],
    ["contacts?$apply=aggregate($count as n)", 501],
    ["$metadata", 501],
    ["$batch", 501],
    ["contacts?$expand=createdby($expand=x)", 501],
  ])("%s is answered %i with an OData error", async (path, status) => {
    const answer = await api(path);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toEqual({ code: expect.any(String), message: expect.stringMatching(/\w/) });
  });

  it("says which row does not exist", async () => {
    const id = "11111111-1111-4111-8111-111111111111";
    const { body } = await api(`accounts(${id})`);
    expect(body.error).toEqual({ code: "0x80040217", message: `account With Id = ${id} Does Not Exist` });
  });

  it("an unknown environment", async () => {
    expect((await api(`${dynamics.url}/nowhere/api/data/v9.2/contacts`)).status).toBe(404);
  });
});

it("WhoAmI names the caller and the organization", async () => {
  const { body } = await api("WhoAmI");
  expect(body).toMatchObject({ OrganizationId: contoso.organizationId, UserId: contoso.applicationUserId });
});
