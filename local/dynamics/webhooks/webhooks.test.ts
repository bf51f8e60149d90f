import { beforeEach, describe, expect, it } from "vitest";
import { startTestDynamics } from "../testing/environment.ts";
import { targetColumns } from "../testing/receiver.ts";

const { dynamics, contoso, receiver, api } = await startTestDynamics();
const contact = contoso.rows("contact")[0]?.id ?? "";
const membership = contoso.rows("msnfp_membership")[0]?.id ?? "";
const category = contoso.rows("msnfp_membershipcategory")[5]?.id ?? "";

beforeEach(() => void receiver.received.splice(0));

const onlyReceived = async () => {
  await dynamics.idle();
  expect(receiver.received).toHaveLength(1);
  const [request] = receiver.received;
  if (!request) throw new Error("Nothing was received.");
  return request;
};

describe("the webhook of a write", () => {
  it("names its sender, table and message in headers and carries the key as ?code=", async () => {
    contoso.update("contact", contact, { firstname: "Mia" });
    const { url, headers, body } = await onlyReceived();
    expect(url.pathname).toBe("/hook/contoso");
    expect([...url.searchParams]).toEqual([["code", "key of contoso"]]);
    expect(headers).toMatchObject({
      "x-ms-dynamics-organization": new URL(contoso.environmentUrl).host,
      "x-ms-dynamics-entity-name": "contact",
      "x-ms-dynamics-request-name": "Update",
      "x-ms-correlation-request-id": body["CorrelationId"],
    });
    expect(headers).not.toHaveProperty("x-ms-dynamics-msg-size-exceeded");
  });

  it("carries what was submitted, what the platform computed from it, and who and when", async () => {
    contoso.update("contact", contact, { firstname: "Mia", mobilephone: null });
    const columns = targetColumns((await onlyReceived()).body);
    expect(Object.keys(columns)).toEqual([
      "firstname",
      "mobilephone",
      "contactid",
      "fullname",
      "yomifullname",
      "modifiedon",
      "modifiedby",
      "modifiedonbehalfby",
    ]);
    expect(columns["mobilephone"]).toBeNull();
    expect(columns["modifiedon"]).toMatch(/^\/Date\(\d+000\)\/$/);
  });

  it("escapes slashes as .NET does", async () => {
    contoso.update("contact", contact, { jobtitle: "Editor/Writer" });
    const { text } = await onlyReceived();
    expect(text).toContain(String.raw`"Editor\/Writer"`);
    expect(text).toContain(String.raw`"\/Date(`);
  });

  it("carries every set column of a new row, with display texts", async () => {
    const id = contoso.create("msnfp_membership", {
      msnfp_name: "2030 Fellow",
      msnfp_enddate: "2030-12-31",
      "msnfp_customer_contact@odata.bind": `/contacts(${contact})`,
    });
    const { body } = await onlyReceived();
    expect(body.PrimaryEntityId).toBe(id);
    expect(targetColumns(body)).toMatchObject({
      msnfp_enddate: "/Date(1924905600000)/",
      msnfp_customer: { LogicalName: "contact", Id: contact },
      statecode: { Value: 0 },
      ownerid: { LogicalName: "systemuser" },
    });
    expect(body.InputParameters?.[0]?.value).toMatchObject({
      FormattedValues: [
        { key: "statecode", value: "Active" },
        { key: "statuscode", value: "Active" },
      ],
    });
  });

  it("tells of a link between membership and category as Associate and Disassociate", async () => {
    const reference = `msnfp_memberships(${membership})/msnfp_msnfp_membership_msnfp_membershipcategory`;
    await api(`${reference}/$ref`, {
      method: "POST",
      body: { "@odata.id": `/msnfp_membershipcategories(${category})` },
    });
    const linked = await onlyReceived();
    expect(linked.body).toMatchObject({ MessageName: "Associate", PrimaryEntityId: membership });
    receiver.received.splice(0);
    await api(`${reference}(${category})/$ref`, { method: "DELETE" });
    const unlinked = await onlyReceived();
    expect(unlinked.headers["x-ms-dynamics-request-name"]).toBe("Disassociate");
    expect(unlinked.text).toContain(category);
  });

  it("tells of a deleted row, and of nothing that the deletion cleared", async () => {
    const id = contoso.create("contact", { lastname: "Zając" });
    const held = contoso.create("msnfp_membership", {
      "msnfp_customer_contact@odata.bind": `/contacts(${id})`,
    });
    await dynamics.idle();
    receiver.received.splice(0);
    contoso.remove("contact", id);
    const { body } = await onlyReceived();
    expect(body).toMatchObject({ MessageName: "Delete", PostEntityImages: [] });
    expect(body["PreEntityImages"]).toMatchObject([{ key: "AsynchronousStepPrimaryName" }]);
    const orphan = contoso.rows("msnfp_membership").find((row) => row.id === held);
    expect(orphan?.values["msnfp_customer"]).toBeNull();
  });

  it("hands on the tag of the write and names the application user as its author", async () => {
    await api(`contacts(${contact})?tag=portal-sync`, { method: "PATCH", body: { jobtitle: "Planner" } });
    const { body } = await onlyReceived();
    expect(body["SharedVariables"]).toContainEqual({ key: "tag", value: "portal-sync" });
    expect(body["InitiatingUserId"]).toBe(contoso.applicationUserId);
  });

  it("loses its large members above 256 KB and says so", async () => {
    contoso.update("contact", contact, { description: "x".repeat(270_000) });
    const { headers, body } = await onlyReceived();
    expect(headers).toHaveProperty("x-ms-dynamics-msg-size-exceeded");
    for (const member of ["InputParameters", "ParentContext", "PreEntityImages", "PostEntityImages"]) {
      expect(body).not.toHaveProperty(member);
    }
    expect(body).toMatchObject({
      PrimaryEntityId: contact,
      PrimaryEntityName: "contact",
      MessageName: "Update",
    });
  });

  it("arrives encoded twice where the endpoint's messagecharset is Default", async () => {
    const fabrikam = dynamics.environment("fabrikam");
    fabrikam.update("contact", fabrikam.rows("contact")[0]?.id ?? "", { lastname: "Šimůnek €" });
    const { body } = await onlyReceived();
    const arrived = String(targetColumns(body)["lastname"]);
    expect(arrived).toBe("Å\u00a0imÅ¯nek â‚¬");
  });
});

describe("a failed delivery", () => {
  it("stays visible as a failed system job", async () => {
    receiver.answerWith(500);
    contoso.update("contact", contact, { jobtitle: "Surveyor" });
    const { body } = await onlyReceived();
    const jobs = await api(
      "asyncoperations?$filter=statuscode eq 31&$orderby=completedon desc&$select=friendlymessage",
    );
    expect(jobs.body.value).toMatchObject([
      {
        asyncoperationid: body.OperationId,
        friendlymessage: "The webhook call failed. The endpoint answered 500.",
      },
    ]);
    expect(contoso.deliveries()[0]).toMatchObject({ state: "failed", attempts: [{ status: 500 }] });
  });

  it("says that its endpoint is gone, without an attempt", async () => {
    const northwind = dynamics.environment("northwind");
    const [member] = northwind.rows("contact");
    for (let number = 0; number < 70; number++)
      northwind.update("contact", member?.id ?? "", { jobtitle: `Title ${number}` });
    dynamics.setWebhook("northwind", null);
    await dynamics.idle();
    const failed = northwind.rows("asyncoperation").map(({ values }) => values);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed[0]).toMatchObject({ retrycount: 0, message: "The endpoint is gone." });
  });

  it("leaves no system job behind when its only retry succeeds", async () => {
    receiver.answerWith(503, 202);
    contoso.update("contact", contact, { jobtitle: "Teacher" });
    await dynamics.idle();
    const [first, second] = receiver.received;
    expect(second?.text).toBe(first?.text);
    const jobs = await api(`asyncoperations?$filter=asyncoperationid eq ${first?.body.OperationId}`);
    expect(jobs.body.value).toEqual([]);
  });
});
