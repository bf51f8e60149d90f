import { beforeEach, describe, expect, it } from "vitest";
import { startTestDynamics } from "../testing/environment.ts";

const { dynamics, contoso, receiver, api } = await startTestDynamics();
dynamics.setWebhook("contoso", null);
const contact = contoso.rows("contact")[0]?.id ?? "";

beforeEach(() => void receiver.received.splice(0));

const created = (answer: { headers: Headers }) =>
  /\((.+)\)$/.exec(answer.headers.get("odata-entityid") ?? "")?.[1];

/** Registers an endpoint and one step by the Web API alone, as a script does against the real service. */
async function register(endpoint: object, step: object, message = "Update"): Promise<string> {
  const service = await api("serviceendpoints", {
    method: "POST",
    body: { name: "Test", url: receiver.url, contract: 8, messagecharset: 1, ...endpoint },
  });
  const messages = await api(`sdkmessages?$select=sdkmessageid&$filter=name eq '${message}'`);
  const filters = await api(
    `sdkmessagefilters?$select=sdkmessagefilterid&$filter=primaryobjecttypecode eq 'contact' and sdkmessageid/name eq '${message}'`,
  );
  const answer = await api("sdkmessageprocessingsteps", {
    method: "POST",
    body: {
      name: "Test step",
      stage: 40,
      mode: 1,
      rank: 1,
      supporteddeployment: 0,
      asyncautodelete: true,
      "eventhandler_serviceendpoint@odata.bind": `/serviceendpoints(${created(service)})`,
      "sdkmessageid@odata.bind": `/sdkmessages(${messages.body.value[0].sdkmessageid})`,
      "sdkmessagefilterid@odata.bind": `/sdkmessagefilters(${filters.body.value[0].sdkmessagefilterid})`,
      ...step,
    },
  });
  expect(answer.status).toBe(204);
  return created(answer) ?? "";
}

/** Removes everything that a test registered. */
async function unregisterAll(): Promise<void> {
  const { body } = await api("serviceendpoints?$select=serviceendpointid");
  for (const row of body.value) await api(`serviceendpoints(${row.serviceendpointid})`, { method: "DELETE" });
}

describe("registration through the Web API", () => {
  beforeEach(unregisterAll);

  it("sends only what a step's filtering columns ask for", async () => {
    await register({ authtype: 4, authvalue: "k" }, { filteringattributes: "firstname,lastname" });
    contoso.update("contact", contact, { telephone1: "1" });
    contoso.update("contact", contact, { lastname: "Vega" });
    await dynamics.idle();
    expect(receiver.received).toHaveLength(1);
  });

  it("sends the images that a step asked for, with the columns asked for", async () => {
    const step = await register({ authtype: 4, authvalue: "k" }, {});
    await api("sdkmessageprocessingstepimages", {
      method: "POST",
      body: {
        name: "Before",
        entityalias: "before",
        imagetype: 0,
        messagepropertyname: "Target",
        attributes: "lastname",
        "sdkmessageprocessingstepid@odata.bind": `/sdkmessageprocessingsteps(${step})`,
      },
    });
    contoso.update("contact", contact, { lastname: "Reyes" });
    await dynamics.idle();
    expect(receiver.received[0]?.body["PreEntityImages"]).toMatchObject([
      { key: "before", value: { Attributes: [{ key: "lastname", value: "Vega" }] } },
    ]);
  });

  it("authenticates by header or by query string", async () => {
    const settings = '<settings><setting name="x-webhook-key" value="a&amp;b" /></settings>';
    await register({ authtype: 5, authvalue: settings }, {});
    await register({ authtype: 6, authvalue: settings }, {});
    contoso.update("contact", contact, { telephone1: "2" });
    await dynamics.idle();
    const seen = receiver.received.map(({ url, headers }) => [headers["x-webhook-key"], url.search]);
    expect(seen).toEqual(
      expect.arrayContaining([
        ["a&b", ""],
        [undefined, "?x-webhook-key=a%26b"],
      ]),
    );
  });

  it("never shows a key that was stored", async () => {
    await register({ authtype: 4, authvalue: "secret" }, {});
    const { body } = await api("serviceendpoints?$filter=contract eq 8");
    expect(JSON.stringify(body)).not.toContain("secret");
    expect(body.value[0]).toMatchObject({ isauthvalueset: true });
    expect((await api("serviceendpoints?$select=authvalue")).status).toBe(400);
  });

  it("lists an endpoint's steps, and stops sending when a step is disabled", async () => {
    const step = await register({ authtype: 4, authvalue: "k" }, {});
    const { body } = await api("serviceendpoints");
    const path = `serviceendpoints(${body.value[0].serviceendpointid})/serviceendpoint_sdkmessageprocessingstep`;
    expect((await api(`${path}?$select=name,mode,stage`)).body.value).toMatchObject([
      { name: "Test step", mode: 1 },
    ]);
    await api(`sdkmessageprocessingsteps(${step})`, { method: "PATCH", body: { statecode: 1 } });
    contoso.update("contact", contact, { telephone1: "3" });
    await dynamics.idle();
    expect(receiver.received).toEqual([]);
  });

  it("takes navigation properties in lower case only", async () => {
    const answer = await api("sdkmessageprocessingsteps", {
      method: "POST",
      body: { name: "x", "EventHandler_serviceendpoint@odata.bind": "/serviceendpoints(1)" },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain("undeclared property 'EventHandler_serviceendpoint'");
  });

  it("refuses what it would not send", async () => {
    const endpoint = { name: "x", url: receiver.url, contract: 8, authtype: 4 };
    const post = (change: object) =>
      api("serviceendpoints", { method: "POST", body: { ...endpoint, ...change } });
    expect((await post({ url: "nowhere" })).status).toBe(400);
    expect((await post({ contract: 2 })).status).toBe(501);
  });
});

describe("setWebhook", () => {
  it("moves the sample endpoint instead of adding another", async () => {
    await unregisterAll();
    dynamics.setWebhook("contoso", { url: `${receiver.url}/first`, key: "one" });
    dynamics.setWebhook("contoso", { url: `${receiver.url}/second`, key: "two" });
    contoso.update("contact", contact, { telephone1: "4" });
    await dynamics.idle();
    expect(receiver.received.map(({ url }) => `${url.pathname}${url.search}`)).toEqual([
      "/hook/second?code=two",
    ]);
  });
});
