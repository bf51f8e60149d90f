import { beforeEach, describe, expect, it } from "vitest";
import { startTestDynamics } from "../../local/dynamics/testing/environment.ts";
import type { Mapping } from "../contracts/mapping.ts";
import { setupGuide } from "../contracts/setup.ts";
import type { SetupRequest } from "../contracts/setup.ts";
import { setupScript } from "./setupScript.ts";
import type { ScriptSubject } from "./setupScript.ts";
import { setupSteps } from "./setupSteps.ts";
import { runSetup } from "./testing/runSetup.ts";

const contact: Mapping = {
  version: 1,
  kind: "member",
  table: "contact",
  idColumn: "contactid",
  fields: [
    { field: "lastName", column: "lastname", type: "text" },
    { field: "email", column: "emailaddress1", type: "email" },
  ],
  links: [],
};
const membership: Mapping = {
  version: 1,
  kind: "membership",
  table: "msnfp_membership",
  idColumn: "msnfp_membershipid",
  fields: [{ field: "name", column: "msnfp_name", type: "text" }],
  links: [{ relationship: "msnfp_msnfp_membership_msnfp_membershipcategory", field: "categories" }],
};
const requestsOf = (url: string, mappings: Mapping[]): SetupRequest[] =>
  setupSteps(url, mappings).flatMap(({ requests }) => requests);

describe("the requests of the guide, in a Dynamics environment", async () => {
  const { dynamics, contoso, receiver, api } = await startTestDynamics();
  dynamics.setWebhook("contoso", null);
  const { environmentUrl } = contoso;
  const contactId = contoso.rows("contact")[0]?.id ?? "";
  const url = `${receiver.url}/it's`;

  beforeEach(async () => {
    const { body } = await api("serviceendpoints?$select=serviceendpointid");
    for (const row of body.value)
      await api(`serviceendpoints(${row.serviceendpointid})`, { method: "DELETE" });
    receiver.received.splice(0);
  });

  const steps = async () =>
    (await api("sdkmessageprocessingsteps?$orderby=name")).body.value as Record<string, unknown>[];

  it("make a change arrive with the key, the values before it, and nothing that is not mapped", async () => {
    await runSetup(environmentUrl, requestsOf(url, [contact]), 'a "key"');
    contoso.update("contact", contactId, { telephone1: "1" });
    const before = contoso.rows("contact").find(({ id }) => id === contactId)?.values["lastname"];
    contoso.update("contact", contactId, { lastname: "Vega" });
    await dynamics.idle();
    expect(receiver.received).toHaveLength(1);
    const [arrived] = receiver.received;
    expect(arrived?.url.searchParams.get("code")).toBe('a "key"');
    expect(arrived?.body).toMatchObject({
      MessageName: "Update",
      PrimaryEntityId: contactId,
      Mode: 1,
      Stage: 40,
    });
    const images = arrived?.body["PreEntityImages"] as { key: string; value: { Attributes: object[] } }[];
    const image = images.find(({ key }) => key === "before");
    expect(image?.value.Attributes).toContainEqual({ key: "lastname", value: before });
    expect(image?.value.Attributes).toHaveLength(2);
  });

  it("register Create, Update and Delete of every table, and links where they are mapped", async () => {
    await runSetup(environmentUrl, requestsOf(url, [contact, membership]), "k");
    expect((await steps()).map(({ name, filteringattributes }) => [name, filteringattributes])).toEqual([
      ["Portal Sync: Associate", null],
      ["Portal Sync: contact.Create", null],
      ["Portal Sync: contact.Delete", null],
      ["Portal Sync: contact.Update", "lastname,emailaddress1"],
      ["Portal Sync: Disassociate", null],
      ["Portal Sync: msnfp_membership.Create", null],
      ["Portal Sync: msnfp_membership.Delete", null],
      ["Portal Sync: msnfp_membership.Update", "msnfp_name"],
    ]);
    const membershipId = contoso.create("msnfp_membership", { msnfp_name: "Test" });
    contoso.remove("msnfp_membership", membershipId);
    await dynamics.idle();
    expect(receiver.received.map(({ body }) => body.MessageName)).toEqual(["Create", "Delete"]);
  });

  it("can be sent again: nothing is registered twice, and what has changed is brought up to date", async () => {
    await runSetup(environmentUrl, requestsOf(url, [contact, membership]), "old key");
    const [first] = await steps();
    const disabled = { method: "PATCH", body: { statecode: 1, statuscode: 2 } };
    await api(`sdkmessageprocessingsteps(${String(first?.["sdkmessageprocessingstepid"])})`, disabled);
    const wider = {
      ...contact,
      fields: [...contact.fields, { field: "city", column: "address1_city", type: "text" }],
    };
    const sent = await runSetup(environmentUrl, requestsOf(url, [wider as Mapping, membership]), "new key");
    expect(sent.filter(({ method }) => method === "POST")).toEqual([]);
    expect((await api("serviceendpoints?$filter=contract eq 8")).body.value).toHaveLength(1);
    expect(await steps()).toHaveLength(8);
    expect((await steps()).every(({ statecode }) => statecode === 0)).toBe(true);
    contoso.update("contact", contactId, { address1_city: "Aarhus" });
    await dynamics.idle();
    expect(receiver.received.map(({ url: address }) => address.searchParams.get("code"))).toEqual([
      "new key",
    ]);
  });

  it("leave alone what others registered", async () => {
    await runSetup(environmentUrl, requestsOf(`${receiver.url}/other`, [contact]), "theirs");
    await runSetup(environmentUrl, requestsOf(url, [contact]), "ours");
    contoso.update("contact", contactId, { lastname: "Reyes" });
    await dynamics.idle();
    const keys = receiver.received.map(({ url: address }) => address.searchParams.get("code"));
    expect(new Set(keys)).toEqual(new Set(["ours", "theirs"]));
    expect(keys).toHaveLength(2);
  });

  it("say which table the environment does not have", async () => {
    const unknown = { ...contact, table: "new_chapter" };
    await expect(runSetup(environmentUrl, requestsOf(url, [unknown]), "k")).rejects.toThrow(
      "Dynamics has no table new_chapter",
    );
  });
});

describe("the script", () => {
  const webhookUrl = "https://sync.example.org/api/webhooks/dynamics/contoso";
  const steps = setupSteps(webhookUrl, [contact, membership]);
  const subject = {
    organizationId: "contoso",
    organizationName: "Contoso’s\nguild'; Remove-Item *",
    dynamicsOrganizationId: "4ef5b371-e89e-e711-8122-000d3aa2331c",
    environmentUrl: "https://contoso.crm4.dynamics.com/main.aspx?appid=1",
  };

  it("carries out exactly the requests of the guide, after it has compared the environment", () => {
    const script = setupScript(subject, steps);
    expect(setupGuide.safeParse({ webhookUrl, steps, script }).success).toBe(true);
    const plan = /^\$plan = @'\n([\s\S]*?)\n'@ \| ConvertFrom-Json$/m.exec(script.text)?.[1] ?? "";
    const [compared, ...rest] = steps;
    expect(JSON.parse(plan)).toEqual(rest.flatMap(({ requests }) => requests));
    expect(compared?.requests).toMatchObject([{ method: "GET", url: "/api/data/v9.2/WhoAmI" }]);
    expect(script.text).toContain(`-ne '${subject.dynamicsOrganizationId}'`);
  });

  it("has another file name whenever it does something else", () => {
    const name = (mappings: Mapping[], about: ScriptSubject = subject) =>
      setupScript(about, setupSteps(webhookUrl, mappings)).fileName;
    expect(name([contact])).toMatch(/^portal-sync-contoso-[0-9a-f]{8}\.ps1$/);
    expect(name([contact])).toBe(name([contact]));
    const column = { field: "phone", column: "telephone1", type: "text" as const };
    const further = { ...contact, fields: [...contact.fields, column] };
    const other = { ...subject, environmentUrl: null };
    expect(new Set([name([contact]), name([further]), name([contact], other)]).size).toBe(3);
  });

  it("holds no secret and asks for what it needs", () => {
    const { text } = setupScript(subject, steps);
    expect(text).toContain("Read-Host 'Webhook key of Portal Sync' -AsSecureString");
    expect(text).toContain('"authvalue":"{webhookKey}"');
    expect(text).toContain("$EnvironmentUrl = 'https://contoso.crm4.dynamics.com'\n");
    expect(setupScript({ ...subject, environmentUrl: null }, steps).text).toContain("Mandatory = $true");
  });

  it("cannot be made to do something else by a name or an address", () => {
    const environmentUrl = "https://ђ.example.org/it's’ђ";
    const { text } = setupScript({ ...subject, environmentUrl }, steps);
    const [first, ...others] = text.split("\n");
    expect(first).toBe(
      "# Makes the Dynamics environment of Contoso’s guild'; Remove-Item * send its changes to Portal Sync.",
    );
    expect(text).toContain("$EnvironmentUrl = 'https://xn--71a.example.org/it''s%E2%80%99%D1%92'");
    // A file that is read as ANSI has other characters, of which one may be a quote.
    expect(others.join("")).toMatch(/^[ -~]*$/);
  });
});
