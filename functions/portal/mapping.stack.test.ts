import { randomUUID } from "node:crypto";
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
  remoteExecutionContext,
  sendWebhook,
} from "../../local/testing/api.ts";
import type { TestOrganization } from "../../local/testing/api.ts";

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  callApi("global-admin", method, path, body, headers);

/** Sends a change of a member, and waits for what became of it. */
async function change(organization: TestOrganization, attributes: object): Promise<EventDetail> {
  const context = remoteExecutionContext({
    organizationId: organization.dynamicsOrganizationId,
    table: "contact",
    message: "Update",
    id: randomUUID(),
    attributes: { ...attributes },
    modifiedOn: new Date(),
  });
  const { eventId } = await okJson<{ eventId: string }>(
    await sendWebhook(organization, JSON.stringify(context)),
  );
  const path = `organizations/${organization.id}/portal/events/${eventId}`;
  const response = await eventually(
    () => call("GET", path),
    ({ status }) => status === 200,
  );
  return okJson(response);
}

const matched = ({ steps }: EventDetail) => steps.find(({ name }) => name === "matched")?.detail;

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
    expect(matched(event)).toContain("the default mapping (version 0)");

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

  it("decides the next event, which names the version, and is in the audit log", async () => {
    const organization = await createTestOrganization();
    const path = `organizations/${organization.id}/portal/mapping`;
    const mappings = await odd(path);
    const saved = await call("POST", path, { mappings }, { "if-match": '"0"' });
    expect([saved.status, saved.headers.get("etag")]).toEqual([201, '"1"']);

    const event = await change(organization, { jobtitle: "Chair" });
    expect(event).toMatchObject({ outcome: "error", code: "mapping.valueInvalid" });
    expect(matched(event)).toContain("mapping version 1");
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
