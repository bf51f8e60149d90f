import { randomUUID } from "node:crypto";
import { describe, expect, inject, it } from "vitest";
import type { EventDetail, EventPage } from "../contracts/portal.ts";
import type { RemoteExecutionContext } from "../../local/dynamics/context/remoteExecutionContext.ts";
import { callApi, eventually, okJson, sendWebhook, webhookBody } from "../../local/testing/api.ts";
import { sampleOrganization } from "../../local/stack/sampleOrganizations.ts";

const contoso = sampleOrganization("contoso");

/** A change in the simulated Dynamics, as an office user makes it. */
async function dynamics(method: string, path: string, body?: unknown): Promise<Response> {
  const { dynamicsUrl } = inject("stack");
  const session = await okJson<{ token: string }>(
    await fetch(`${dynamicsUrl}/_control/session`, { method: "POST" }),
  );
  return fetch(`${dynamicsUrl}/contoso/${path}`, {
    method,
    headers: { authorization: `Bearer ${session.token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function newMember(columns: object): Promise<string> {
  const response = await dynamics("POST", "api/data/v9.2/contacts", columns);
  return /\(([0-9a-f-]{36})\)/.exec(response.headers.get("odata-entityid") ?? "")?.[1] ?? "";
}

/** The newest event of a record, once it is there and what is waited for holds. */
async function eventOf(recordId: string, isDone: (event: EventDetail) => boolean): Promise<EventDetail> {
  const path = "organizations/contoso/portal/events";
  return eventually(
    async () => {
      const { items } = await okJson<EventPage>(
        await callApi("contoso-admin", "GET", `${path}?recordId=${recordId}&type=contact.Update`),
      );
      const [newest] = items;
      return newest
        ? okJson<EventDetail>(await callApi("contoso-admin", "GET", `${path}/${newest.eventId}`))
        : null;
    },
    (event) => event !== null && isDone(event),
  ) as Promise<EventDetail>;
}

/** Dataverse strips a body over 256 KB, so that the row has to be read. */
const longText = "All there is to say about this member. ".repeat(9_000);

describe("an event whose content was too large for a webhook", () => {
  it("is completed from Dynamics", async () => {
    const id = await newMember({ firstname: "Ada", lastname: "Large" });
    await dynamics("PATCH", `api/data/v9.2/contacts(${id})`, { firstname: "Augusta", description: longText });
    const event = await eventOf(id, ({ outcome }) => outcome === "success");
    expect(event.changes).toContainEqual({ recordId: id, field: "firstName", old: "Ada", new: "Augusta" });
  });

  it("is an error with its next attempt while Dynamics does not answer, and is settled by itself later", async () => {
    const id = await newMember({ firstname: "Ida", lastname: "Later" });
    await fetch(`${inject("stack").dynamicsUrl}/contoso/_faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ status: 503, count: 1 }),
    });
    await sendWebhook(contoso, stripped(id));
    const waiting = await eventOf(id, () => true);
    expect(waiting).toMatchObject({
      outcome: "error",
      code: "dynamics.unavailable",
      nextAttemptAt: expect.any(String),
    });
    expect(waiting.advice?.whatToDo).toContain("tried again by itself");
    const event = await eventOf(id, ({ attempts }) => attempts === 2);
    expect(event.attemptLog.map(({ kind, code }) => [kind, code])).toEqual([
      ["delivery", "dynamics.unavailable"],
      ["retry", "record.unchanged"],
    ]);
    expect(event.nextAttemptAt).toBeNull();
  });

  it("is skipped when the record is gone", async () => {
    const id = randomUUID();
    await sendWebhook(contoso, stripped(id));
    expect(await eventOf(id, () => true)).toMatchObject({ outcome: "skipped", code: "record.gone" });
  });
});

/** A body as Dataverse sends it when it left out what made it too large. */
function stripped(id: string): string {
  return JSON.stringify({
    ...(JSON.parse(webhookBody(contoso, { id, attributes: {} })) as RemoteExecutionContext),
    InputParameters: [],
    ParentContext: null,
    PreEntityImages: [],
    PostEntityImages: [],
  });
}
