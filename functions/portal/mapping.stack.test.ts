import { describe, expect, it } from "vitest";
import type { AuditPage } from "../contracts/audit.ts";
import type { Problem } from "../contracts/common.ts";
import type { MappingDraft, MappingDryRun, MappingOverview } from "../contracts/mapping.ts";
import type { EventDetail } from "../contracts/portal.ts";
import {
  callApi,
  createTestOrganization,
  eventually,
  okJson,
  sendWebhook,
  webhookBody,
} from "../../local/testing/api.ts";
import type { TestOrganization } from "../../local/testing/api.ts";

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  callApi("global-admin", method, path, body, headers);

/** Sends a change of a member, and waits for what became of it. */
async function change(organization: TestOrganization, attributes: object): Promise<EventDetail> {
  const body = webhookBody(organization, { attributes: { ...attributes } });
  const { eventId } = await okJson<{ eventId: string }>(await sendWebhook(organization, body));
  const path = `organizations/${organization.id}/portal/events/${eventId}`;
  const response = await eventually(
    () => call("GET", path),
    ({ status }) => status === 200,
  );
  return okJson(response);
}

const mapped = ({ steps }: EventDetail) => steps.find(({ name }) => name === "mapped")?.detail;

/** The default mappings with members' job titles read as e-mail addresses: nonsense that a value must fail by. */
async function odd(path: string): Promise<MappingDraft> {
  const { current } = await okJson<MappingOverview>(await call("GET", path));
  return current.mappings.map(({ version: _version, fields, ...table }) => ({
    ...table,
    fields: fields.map((field) =>
      field.column === "jobtitle" ? { ...field, type: "email" as const } : field,
    ),
  }));
}

describe("a new version of the mapping", () => {
  it("is tried on stored events without an effect", async () => {
    const organization = await createTestOrganization();
    const path = `organizations/${organization.id}/portal/mapping`;
    const event = await change(organization, { jobtitle: "Chair" });
    expect(event).toMatchObject({ outcome: "success" });
    expect(mapped(event)).toContain("the default mapping (version 0)");

    const body = { mappings: await odd(path), events: 5 };
    const run = await okJson<MappingDryRun>(await call("POST", `${path}/dry-run`, body));
    expect(run.events).toMatchObject([
      { eventId: event.eventId, outcomeThen: "success", outcomeNow: "error" },
    ]);
    expect(run.summary).toContainEqual(
      expect.objectContaining({ table: "contact", field: "jobTitle", INVALID: 1, PRESENT: 0 }),
    );
    expect(await okJson(await call("GET", path))).toMatchObject({ current: { version: 0 } });
  });

  it("is tried on the events that failed, newest first, and always on the one that is asked for", async () => {
    const organization = await createTestOrganization();
    const path = `organizations/${organization.id}/portal/mapping`;
    const taken = await change(organization, { jobtitle: "Chair" });
    const failed = [
      await change(organization, { birthdate: "apple" }),
      await change(organization, { birthdate: "banana" }),
    ];
    const { current } = await okJson<MappingOverview>(await call("GET", path));
    const mappings = current.mappings.map(({ version: _version, fields, ...table }) => ({
      ...table,
      fields: fields.map((field) => ({ ...field, type: "text" })),
    }));
    const run = async (request: object) =>
      okJson<MappingDryRun>(await call("POST", `${path}/dry-run`, { mappings, ...request }));
    const idsOf = ({ events }: MappingDryRun) => events.map(({ eventId }) => eventId);

    const all = await run({ of: "failed", events: 100 });
    expect(idsOf(all)).toEqual(failed.map(({ eventId }) => eventId).toReversed());
    expect(all).toMatchObject({
      more: false,
      events: [
        { outcomeThen: "error", codeThen: "mapping.valueInvalid", outcomeNow: "success", changed: true },
        { outcomeThen: "error" },
      ],
      unchecked: [{ table: "contact", field: "birthDate", value: "banana", events: 2 }],
    });
    const one = await run({ of: "failed", events: 1, including: failed[0]?.eventId });
    expect([idsOf(one), one.more]).toEqual([[failed[0]?.eventId], true]);
    const both = await run({ of: "newest", events: 2, including: taken.eventId });
    expect([idsOf(both), both.more]).toEqual([[taken.eventId, failed[1]?.eventId], false]);
    expect(idsOf(await run({ of: "newest", events: 1, including: "f".repeat(32) }))).toHaveLength(1);
  });

  it("decides the next event, which names the version, and is in the audit log", async () => {
    const organization = await createTestOrganization();
    const path = `organizations/${organization.id}/portal/mapping`;
    const mappings = await odd(path);
    const saved = await call("POST", path, { mappings }, { "if-match": '"0"' });
    expect([saved.status, saved.headers.get("etag")]).toEqual([201, '"1"']);

    const event = await change(organization, { jobtitle: "Chair" });
    expect(event).toMatchObject({ outcome: "error", code: "mapping.valueInvalid" });
    expect(mapped(event)).toContain("mapping version 1");
    const { items } = await okJson<AuditPage>(await call("GET", `organizations/${organization.id}/audit`));
    expect(items.find(({ action }) => action === "mapping.changed")).toMatchObject({
      target: "version 1",
      changes: [{ field: "contact: jobTitle", old: "jobtitle as text", new: "jobtitle as email" }],
    });
  });

  it("is refused when someone else saved first, when it lacks If-Match, and when it is wrong or the same", async () => {
    const { id } = await createTestOrganization();
    const path = `organizations/${id}/portal/mapping`;
    const mappings = await odd(path);
    await okJson(await call("POST", path, { mappings }, { "if-match": '"0"' }));
    const refusal = async (body: unknown, headers: Record<string, string>) => {
      const response = await call("POST", path, body, headers);
      const { code, detail } = (await response.json()) as Problem;
      return { status: response.status, code, detail };
    };
    expect(await refusal({ mappings }, { "if-match": '"0"' })).toEqual({
      status: 412,
      code: "mapping.changed",
      detail: expect.stringContaining("Someone else saved version 1"),
    });
    expect(await refusal({ mappings }, {})).toMatchObject({ status: 428, code: "ifMatch.missing" });
    expect(await refusal({ mappings }, { "if-match": '"1"' })).toMatchObject({
      status: 400,
      code: "mapping.unchanged",
    });
    const [first] = mappings;
    expect(await refusal({ mappings: [first, first] }, { "if-match": '"1"' })).toMatchObject({
      code: "body.invalid",
      detail: expect.stringContaining("Table contact is there twice"),
    });
    const wrong = [{ ...first, fields: [{ field: "n", column: "n", type: "number", default: "x" }] }];
    expect(await refusal({ mappings: wrong }, { "if-match": '"1"' })).toMatchObject({
      code: "body.invalid",
      detail: expect.stringContaining("is not a number"),
    });
    expect(await okJson(await call("GET", `${path}/1`))).toMatchObject({ version: 1, mappings });
    expect((await call("GET", `${path}/9`)).status).toBe(404);
  });
});
