import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { RecordHistory } from "../contracts/records.ts";
import {
  callApi,
  createTestOrganization,
  eventually,
  okJson,
  sendWebhook,
  webhookBody,
} from "../../local/testing/api.ts";

it("a record says which event each of its fields came from, and which events touched it", async () => {
  const organization = await createTestOrganization();
  const id = randomUUID();
  const path = `organizations/${organization.id}/portal/records/${id}`;
  const read = async () => okJson<RecordHistory>(await callApi("global-admin", "GET", path));
  const send = async (message: "Create" | "Update", attributes: Record<string, string>, second: number) => {
    const modifiedOn = new Date(Date.UTC(2026, 2, 4, 12, 0, second));
    const body = webhookBody(organization, { message, id, attributes, modifiedOn });
    const accepted = await okJson<{ eventId: string }>(await sendWebhook(organization, body));
    await eventually(read, ({ events }) => events.some(({ eventId }) => eventId === accepted.eventId));
    return accepted.eventId;
  };

  const created = await send("Create", { firstname: "Jane", lastname: "Søby" }, 1);
  const changed = await send("Update", { lastname: "Sørensen" }, 2);
  const { record, events } = await read();
  expect(events.map(({ eventId }) => eventId)).toEqual([changed, created]);
  expect(record).toMatchObject({ kind: "member", recordId: id, deletedAt: null });
  const fields = new Map(record?.fields.map((field) => [field.field, field]));
  expect(fields.get("firstName")).toMatchObject({ value: "Jane", eventId: created });
  expect(fields.get("lastName")).toMatchObject({
    value: "Sørensen",
    eventId: changed,
    modifiedAt: "2026-03-04T12:00:02.000Z",
  });
  expect((await callApi("contoso-admin", "GET", path)).status).toBe(403);
});
