import { beforeEach, describe, expect, it } from "vitest";
import { asText } from "../data/columns.ts";
import { startTestDynamics } from "../testing/environment.ts";
import { targetColumns } from "../testing/receiver.ts";

const { dynamics, contoso, receiver } = await startTestDynamics();

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${dynamics.url}${path}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const post = (path: string, fields: Record<string, string>, origin = dynamics.url) =>
  fetch(`${dynamics.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { origin },
    body: new URLSearchParams(fields),
  });
const contact = (id: string) => contoso.rows("contact").find((row) => row.id === id);
const fields = (id: string): Record<string, string> => {
  const values = contact(id)?.values ?? {};
  const text = (column: string) => asText(values[column]);
  const columns = ["firstname", "lastname", "emailaddress1", "telephone1", "mobilephone", "address1_city"];
  return {
    ...Object.fromEntries(columns.map((column) => [column, text(column)])),
    msnfp_enddate: "2040-12-31",
  };
};

beforeEach(() => void receiver.received.splice(0));

describe("the pages", () => {
  it("list the environments and say what they are", async () => {
    const { text } = await get("/");
    expect(text).toContain("Simulated Dynamics 365");
    for (const name of ["Contoso Association", "Fabrikam Institute", "Northwind Society"])
      expect(text).toContain(name);
  });

  it("find members by name, mail address and city", async () => {
    contoso.create("contact", { firstname: "Łucja", lastname: "Szukana", address1_city: "Malmö" });
    const { text } = await get(`/contoso?${new URLSearchParams({ q: "szukana malmö" }).toString()}`);
    expect(text).toContain("Łucja Szukana");
    expect(text).toContain("1 member, page 1 of 1");
  });

  it("show what is typed as text, never as markup", async () => {
    const { text } = await get(`/contoso?${new URLSearchParams({ q: "<b>x" }).toString()}`);
    expect(text).not.toContain("<b>x");
    expect(text).toContain("&lt;b&gt;x");
  });

  it("open a member at the address that Dynamics gives its rows, and the list for other rows", async () => {
    const id = contoso.create("contact", { firstname: "Ana", lastname: "Linked" });
    const { text } = await get(`/contoso/main.aspx?etn=contact&pagetype=entityrecord&id=${id}`);
    expect(text).toContain("Ana Linked");
    expect((await get("/contoso/main.aspx?etn=account&id=1")).text).toContain("page 1 of");
  });

  it("say so when there is nothing at an address", async () => {
    for (const path of ["/nowhere", "/contoso/members/1"]) expect((await get(path)).status).toBe(404);
  });
});

describe("saving a member", () => {
  it("writes and sends only what differs", async () => {
    const id = contoso.create("contact", { firstname: "Ana", lastname: "Form" });
    await post(`/contoso/members/${id}`, fields(id));
    await dynamics.idle();
    receiver.received.splice(0);
    const response = await post(`/contoso/members/${id}`, { ...fields(id), mobilephone: "+46 8 465 004 01" });
    expect(response.headers.get("location")).toBe(`/contoso/members/${id}?saved=yes`);
    await dynamics.idle();
    expect(receiver.received).toHaveLength(1);
    const columns = targetColumns(receiver.received[0]?.body ?? never());
    expect(Object.keys(columns)).toEqual([
      "mobilephone",
      "contactid",
      "modifiedon",
      "modifiedby",
      "modifiedonbehalfby",
    ]);
  });

  it("leaves what others changed since the page was opened", async () => {
    const id = contoso.create("contact", { lastname: "Form", address1_city: "Seattle", telephone1: "1" });
    const { text } = await get(`/contoso/members/${id}`);
    const inputs = [...text.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
    const form = Object.fromEntries(inputs.map(([, name, value]) => [name, value]));
    await post(`/contoso/members/${id}`, { ...form, address1_city: "Newtown" });
    await post(`/contoso/members/${id}`, { ...form, telephone1: "2" });
    expect(contact(id)?.values).toMatchObject({ address1_city: "Newtown", telephone1: "2" });
  });

  it("sends nothing when nothing differs, and says so", async () => {
    const id = contoso.create("contact", { firstname: "Ana", lastname: "Form" });
    await post(`/contoso/members/${id}`, fields(id));
    const before = contact(id)?.version;
    const response = await post(`/contoso/members/${id}`, fields(id));
    expect(contact(id)?.version).toBe(before);
    const page = await get(response.headers.get("location") ?? "");
    expect(page.text).toContain("Dynamics sent nothing");
  });

  it("creates a member and its membership", async () => {
    await post("/contoso/members/new", { firstname: "Bo", lastname: "New", msnfp_enddate: "2041-12-31" });
    await dynamics.idle();
    const messages = receiver.received.map(
      ({ headers, body }) => `${String(headers["x-ms-dynamics-entity-name"])}.${body.MessageName}`,
    );
    expect(messages.toSorted()).toEqual(["contact.Create", "msnfp_membership.Create"]);
  });

  it("is refused when another site's page asks for it", async () => {
    const id = contoso.rows("contact")[0]?.id ?? "";
    expect((await post(`/contoso/members/${id}/delete`, {}, "https://elsewhere.example.org")).status).toBe(
      403,
    );
    expect(contact(id)).toBeDefined();
  });
});

it("deleting a member removes it and sends a Delete", async () => {
  const id = contoso.create("contact", { lastname: "Gone" });
  await dynamics.idle();
  receiver.received.splice(0);
  await post(`/contoso/members/${id}/delete`, {});
  await dynamics.idle();
  expect(contact(id)).toBeUndefined();
  expect(receiver.received.map(({ body }) => body.MessageName)).toEqual(["Delete"]);
});

describe("what Dynamics sent", () => {
  it("shows a delivery with its answer, and why it is final", async () => {
    receiver.answerWith(500);
    contoso.create("contact", { lastname: "Unlucky" });
    await dynamics.idle();
    const { text, headers } = await get("/contoso/deliveries");
    expect(text).toContain("contact.Create");
    expect(text).toContain("Unlucky");
    expect(text).toContain("Not retried: only 502, 503 and 504 are.");
    const same = await get("/contoso/deliveries", { "if-none-match": headers.get("etag") ?? "" });
    expect(same.status).toBe(304);
  });
});

function never(): never {
  throw new Error("Nothing was received.");
}
