import { describe, expect, it } from "vitest";
import { parseContext } from "./context.ts";
import { DataverseFault } from "./dataverseFault.ts";
import { choice, date, reference, rowBody } from "./testing/body.ts";
import { createDataverse } from "./webApi.ts";
import type { DataverseOptions } from "./webApi.ts";

const id = "11111111-aaaa-4aaa-8aaa-000000000001";
const accountId = "22222222-bbbb-4bbb-8bbb-000000000002";
const environment = { environmentUrl: "https://contoso.crm4.dynamics.com", tenantId: "tenant-a" };
const columns = [
  { name: "fullname", lookup: false },
  { name: "parentcustomerid", lookup: true },
];

type Answer = (url: string, init: RequestInit) => Response | Promise<Response>;

function client(answer: Answer, options: Partial<DataverseOptions> = {}) {
  const fake: typeof fetch = async (url, init) => answer(url as string, init ?? {});
  const token = async () => "a-token";
  return createDataverse({ token, fetch: fake, clock: () => Date.UTC(2026, 0, 1), ...options });
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return () => Response.json(body, { status, headers });
}

async function faultOf(answer: Answer, options?: Partial<DataverseOptions>): Promise<DataverseFault> {
  try {
    await client(answer, options).retrieve(environment, "contact", id, columns);
  } catch (error) {
    if (error instanceof DataverseFault) return error;
    throw error;
  }
  throw new Error("It was served.");
}

describe("retrieve", () => {
  it("asks for the mapped columns, the time and the version, with a token for that environment", async () => {
    const requests: [string, RequestInit][] = [];
    const tokens: unknown[] = [];
    const dataverse = client(
      (...request) => {
        requests.push(request);
        return Response.json({ "@odata.etag": 'W/"468026"', versionnumber: 468026, fullname: "Ada" });
      },
      { token: async (...asked) => `token ${tokens.push(asked)}` },
    );
    const row = await dataverse.retrieve(environment, "contact", id, columns);
    const [[url, init]] = requests as [[string, RequestInit]];
    expect(url).toBe(
      `https://contoso.crm4.dynamics.com/api/data/v9.2/contacts(${id})` +
        "?$select=fullname,_parentcustomerid_value,modifiedon,versionnumber",
    );
    expect(init.redirect).toBe("manual");
    expect(new Headers(init.headers).get("authorization")).toBe("Bearer token 1");
    expect(tokens).toEqual([["https://contoso.crm4.dynamics.com", "tenant-a"]]);
    expect(row).toMatchObject({ table: "contact", id, etag: 'W/"468026"', rowVersion: 468026 });
  });

  it("yields the same plain values as a webhook", async () => {
    const answer = {
      "@odata.context": "https://contoso.crm4.dynamics.com/api/data/v9.2/$metadata#contacts/$entity",
      fullname: "Müller",
      emailaddress1: null,
      modifiedon: "2025-09-04T15:33:20Z",
      "modifiedon@OData.Community.Display.V1.FormattedValue": "9/4/2025 5:33 PM",
      statecode: 0,
      "statecode@OData.Community.Display.V1.FormattedValue": "Active",
      interests: "1,3",
      "interests@OData.Community.Display.V1.FormattedValue": "Music; Sports",
      telephone1: "1,3",
      _parentcustomerid_value: accountId.toUpperCase(),
      "_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "account",
      "_parentcustomerid_value@OData.Community.Display.V1.FormattedValue": "Contoso",
      _masterid_value: null,
    };
    const sent = {
      fullname: "MÃ¼ller",
      emailaddress1: null,
      modifiedon: date(1757000000000),
      statecode: choice(0),
      interests: [choice(1), choice(3)],
      telephone1: "1,3",
      parentcustomerid: reference("account", accountId, "Contoso"),
      masterid: null,
    };
    const row = await client(json(200, answer)).retrieve(environment, "contact", id, columns);
    expect(row.columns).toEqual(parseContext(rowBody("Update", "contact", id, sent)).targets[0]?.columns);
  });

  it("takes an entity set name that was given", async () => {
    const urls: string[] = [];
    const dataverse = client((url) => {
      urls.push(url);
      return Response.json({});
    });
    await dataverse.retrieve(environment, "new_fee", id, [], { entitySets: { new_fee: "new_feeset" } });
    expect(urls[0]).toContain("/new_feeset(");
  });

  it.each([
    [
      "the row is gone",
      json(404, { error: { code: "0x80040217", message: "contact With Id = 1 Does Not Exist" } }),
      "notFound",
      null,
    ],
    [
      "the row is gone, without a code",
      json(404, { error: { code: "", message: "contact With Id = 1 Does Not Exist" } }),
      "notFound",
      null,
    ],
    [
      "the table is unknown",
      json(404, { error: { code: "0x8006088a", message: "Resource not found for the segment" } }),
      "refused",
      null,
    ],
    ["something else answers", () => new Response("<html>", { status: 404 }), "unavailable", null],
    [
      "it is too much",
      json(429, { error: { code: "0x80072322", message: "Too many" } }, { "retry-after": "17" }),
      "throttled",
      17_000,
    ],
    [
      "it is too much until a time",
      json(429, {}, { "retry-after": "Thu, 01 Jan 2026 00:01:00 GMT" }),
      "throttled",
      60_000,
    ],
    ["it is too much, without a word how long", json(429, {}), "throttled", null],
    ["it asks for years", json(429, {}, { "retry-after": "99999999" }), "throttled", 3_600_000],
    ["it is down for a while", json(503, {}, { "retry-after": "5" }), "unavailable", 5_000],
    ["it fails", () => new Response("oops", { status: 500 }), "unavailable", null],
    ["it answers with something else", () => new Response("<html>"), "unavailable", null],
    ["the network is down", () => Promise.reject(new TypeError("fetch failed")), "unavailable", null],
    ["the sign-in is not accepted", json(401, {}), "refused", null],
    [
      "the rights are missing",
      json(403, { error: { code: "0x80040220", message: "prvReadContact" } }),
      "refused",
      null,
    ],
    [
      "it leads elsewhere",
      () => new Response(null, { status: 302, headers: { location: "https://evil.example" } }),
      "refused",
      null,
    ],
    [
      "a column is unknown",
      json(400, { error: { code: "0x0", message: "no property 'x'" } }),
      "refused",
      null,
    ],
  ] as const)("says what a caller can do when %s", async (_name, answer, kind, retryAfterMs) => {
    expect(await faultOf(answer)).toMatchObject({ kind, retryAfterMs });
  });

  it("keeps what Dynamics said apart from its own sentence", async () => {
    const fault = await faultOf(
      json(403, { error: { code: "", message: "Missing prvReadContact privilege" } }),
    );
    expect(fault.said).toBe("Missing prvReadContact privilege");
    expect(fault.message).toMatch(/^The application user .* may not read this record .*\.$/);
  });

  it("gives up after its time", async () => {
    const never: Answer = (_url, { signal }) =>
      new Promise((_resolve, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason as Error)),
      );
    const fault = await faultOf(never, { timeoutMs: 20 });
    expect(fault).toMatchObject({
      kind: "unavailable",
      message: "Dynamics did not answer within 0.02 seconds.",
    });
  });

  it("ends when the caller does", async () => {
    const stop = new AbortController();
    const never: Answer = (_url, { signal }) => {
      stop.abort();
      return Promise.reject((signal?.reason ?? new Error("not aborted")) as Error);
    };
    const reading = client(never).retrieve(environment, "contact", id, columns, { signal: stop.signal });
    await expect(reading).rejects.toMatchObject({ kind: "unavailable", cause: { name: "AbortError" } });
  });

  it("sends no token to a host that is not of Dynamics", async () => {
    let asked = 0;
    const token = async () => `token ${++asked}`;
    const elsewhere = { ...environment, environmentUrl: "https://contoso.example.org" };
    const reading = client(json(200, {}), { token }).retrieve(elsewhere, "contact", id, columns);
    await expect(reading).rejects.toMatchObject({ kind: "refused" });
    expect(asked).toBe(0);
  });

  it("passes the fault of the sign-in on", async () => {
    const token = () => Promise.reject(new DataverseFault("refused", "No token."));
    expect(await faultOf(json(200, {}), { token })).toMatchObject({ kind: "refused", message: "No token." });
  });

  it("refuses names that would change the address", async () => {
    const read = client(json(200, {})).retrieve(environment, "contact", id, [
      { name: "a&$expand=x", lookup: false },
    ]);
    await expect(read).rejects.toMatchObject({ kind: "refused" });
  });
});
