import { describe, expect, it } from "vitest";
import { startTestDynamics } from "../testing/environment.ts";

const { dynamics, contoso, receiver, api } = await startTestDynamics();
const missing = "11111111-1111-4111-8111-111111111111";
const newContact = () => contoso.create("contact", { lastname: "Record" });
const etagOf = async (id: string): Promise<string> => (await api(`contacts(${id})`)).body["@odata.etag"];

describe("POST", () => {
  it("answers with the address of the new row", async () => {
    const answer = await api("contacts", { method: "POST", body: { firstname: "Åse", lastname: "Record" } });
    expect(answer.status).toBe(204);
    const address = answer.headers.get("odata-entityid") ?? "";
    expect((await api(address)).body).toMatchObject({ fullname: "Åse Record", statecode: 0, statuscode: 1 });
  });

  it("answers with the row where the caller prefers it", async () => {
    const answer = await api("contacts?$select=fullname", {
      method: "POST",
      headers: { prefer: "return=representation" },
      body: { lastname: "Record" },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ fullname: "Record", contactid: expect.any(String) });
  });

  it("takes the caller's id once", async () => {
    const body = { contactid: "AAAAAAAA-1111-4111-8111-111111111111", lastname: "Record" };
    expect((await api("contacts", { method: "POST", body })).status).toBe(204);
    expect(await api("contacts", { method: "POST", body })).toMatchObject({
      status: 412,
      body: { error: { code: "0x80040237" } },
    });
  });
});

describe("PATCH", () => {
  it("changes the version and nothing that was not submitted", async () => {
    const id = newContact();
    const before = await api(`contacts(${id})`);
    await api(`contacts(${id})`, { method: "PATCH", body: { jobtitle: "Planner" } });
    const after = await api(`contacts(${id})`);
    expect(after.body["@odata.etag"]).not.toBe(before.body["@odata.etag"]);
    expect(after.body).toMatchObject({
      jobtitle: "Planner",
      lastname: "Record",
      createdon: before.body.createdon,
    });
  });

  it("creates a missing row, unless If-Match forbids it", async () => {
    const path = `contacts(${missing})`;
    const body = { lastname: "Upsert" };
    expect((await api(path, { method: "PATCH", body, headers: { "if-match": "*" } })).status).toBe(404);
    expect((await api(path, { method: "PATCH", body })).status).toBe(204);
    await dynamics.idle();
    expect(receiver.received.at(-1)?.body).toMatchObject({ MessageName: "Create", PrimaryEntityId: missing });
    const again = await api(path, { method: "PATCH", body, headers: { "if-none-match": "*" } });
    expect(again.status).toBe(412);
  });

  it("only writes the version that the caller has seen", async () => {
    const id = newContact();
    const headers = { "if-match": await etagOf(id) };
    expect((await api(`contacts(${id})`, { method: "PATCH", headers, body: { jobtitle: "A" } })).status).toBe(
      204,
    );
    const stale = await api(`contacts(${id})`, { method: "PATCH", headers, body: { jobtitle: "B" } });
    expect(stale).toMatchObject({ status: 412, body: { error: { code: "0x80060882" } } });
    expect((await api(`contacts(${id})`, { method: "DELETE", headers })).status).toBe(412);
  });

  it("ignores what only the platform sets", async () => {
    const id = newContact();
    await api(`contacts(${id})`, {
      method: "PATCH",
      body: { fullname: "Someone Else", modifiedon: "2001-01-01T00:00:00Z" },
    });
    expect((await api(`contacts(${id})`)).body.fullname).toBe("Record");
  });

  it.each([
    [{ nosuchcolumn: 1 }, "Invalid property 'nosuchcolumn'"],
    [{ parentcustomerid: missing }, "Invalid property 'parentcustomerid'"],
    [{ firstname: 7 }, "Cannot convert"],
    [{ firstname: "x".repeat(51) }, "maximum allowed length of '50'"],
    [{ statecode: 9 }, "outside the valid range"],
    [{ birthdate: "soon" }, "Edm.Date"],
    [{ birthdate: "2024-02-30" }, "Edm.Date"],
    [{ donotemail: "yes" }, "Edm.Boolean"],
    [{ "ParentCustomerId_account@odata.bind": "/accounts(1)" }, "undeclared property"],
    ["not json", "not valid JSON"],
    [[], "not a JSON object"],
  ])("refuses %j", async (body, message) => {
    const answer = await api(`contacts(${newContact()})`, { method: "PATCH", body });
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(message);
  });
});

describe("$ref", () => {
  it("points a lookup elsewhere and clears it, which is an Update of the column", async () => {
    const id = newContact();
    const employer = contoso.rows("account")[0]?.id;
    const path = `contacts(${id})/parentcustomerid_account/$ref`;
    const reference = { "@odata.id": `${contoso.environmentUrl}/api/data/v9.2/accounts(${employer})` };
    expect((await api(path, { method: "PUT", body: reference })).status).toBe(204);
    expect((await api(`contacts(${id})`)).body["_parentcustomerid_value"]).toBe(employer);
    expect((await api(path, { method: "DELETE" })).status).toBe(204);
    expect((await api(`contacts(${id})`)).body["_parentcustomerid_value"]).toBeNull();
  });

  it("links a membership and a category once, from either side", async () => {
    const membership = contoso.create("msnfp_membership", { msnfp_name: "2031 Fellow" });
    const category = contoso.rows("msnfp_membershipcategory")[0]?.id;
    const navigation = "msnfp_msnfp_membership_msnfp_membershipcategory";
    const link = { method: "POST", body: { "@odata.id": `/msnfp_memberships(${membership})` } };
    const path = `msnfp_membershipcategories(${category})/${navigation}/$ref`;
    expect((await api(path, link)).status).toBe(204);
    expect((await api(path, link)).status).toBe(412);
    const filter = `$filter=msnfp_membershipcategoryid eq ${category}`;
    expect((await api(`msnfp_memberships(${membership})/${navigation}?${filter}`)).body.value).toHaveLength(
      1,
    );
    const unlink = `msnfp_memberships(${membership})/${navigation}/$ref?$id=${encodeURIComponent(`/msnfp_membershipcategories(${category})`)}`;
    expect((await api(unlink, { method: "DELETE" })).status).toBe(204);
    expect((await api(unlink, { method: "DELETE" })).status).toBe(404);
  });
});

it("system tables cannot be written", async () => {
  expect((await api("sdkmessages", { method: "POST", body: { name: "Mine" } })).status).toBe(501);
});
