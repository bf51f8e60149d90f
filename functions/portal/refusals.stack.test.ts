import { once } from "node:events";
import { Agent, request } from "node:http";
import type { IncomingMessage } from "node:http";
import { describe, expect, inject, it } from "vitest";
import type { Problem } from "../contracts/common.ts";
import type { PortalStatus } from "../contracts/portal.ts";
import type { PlatformStatus } from "../contracts/platform.ts";
import {
  callApi,
  createTestOrganization,
  eventually,
  okJson,
  sendWebhook,
  webhookBody,
} from "../../local/testing/api.ts";

async function status(id: string): Promise<PortalStatus> {
  return okJson(await callApi("global-admin", "GET", `organizations/${id}/portal/status`));
}

/** Sends requests over one connection, with bodies that name no length; gives their statuses. */
async function sendChunked(
  path: string,
  headers: Record<string, string>,
  bodies: string[],
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const statuses: number[] = [];
  for (const body of bodies) {
    const sent = request(`${inject("stack").functionsUrl}${path}`, { method: "POST", agent, headers });
    sent.end(body);
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    answer.resume();
    await once(answer, "end");
    statuses.push(answer.statusCode ?? 0);
  }
  agent.destroy();
  return statuses;
}

describe("a webhook that is refused", () => {
  it("for its size is answered also when it names none, and the connection goes on", async () => {
    const { id, key } = await createTestOrganization();
    const headers = {
      "content-type": "application/json",
      "x-webhook-key": key,
      "transfer-encoding": "chunked",
    };
    const bodies = [JSON.stringify({ text: "x".repeat(5_000_000) }), "{}"];
    expect(await sendChunked(`/api/webhooks/dynamics/${id}`, headers, bodies)).toEqual([413, 400]);
  });

  it("is answered and counted by its reason, and never becomes an event", async () => {
    const organization = await createTestOrganization();
    const other = await createTestOrganization();
    const good = webhookBody(organization);
    const wrongKey = { id: organization.id, key: "wrong" };
    const requests: [string, number, () => Promise<Response>][] = [
      ["wrongKey", 401, () => sendWebhook(wrongKey, good)],
      ["wrongKey", 401, () => sendWebhook({ id: organization.id, key: other.key }, good)],
      ["missingKey", 401, () => sendWebhook({ id: organization.id, key: "" }, good)],
      ["otherOrganization", 403, () => sendWebhook(organization, webhookBody(other))],
      ["notJson", 400, () => sendWebhook(organization, good.slice(0, -5))],
      ["notJson", 400, () => sendWebhook(organization, "")],
      ["notContext", 400, () => sendWebhook(organization, JSON.stringify({ hello: "world" }))],
      ["notContext", 400, () => sendWebhook(organization, "[]")],
      ["tooLarge", 413, () => sendWebhook(organization, JSON.stringify({ text: "x".repeat(5_000_000) }))],
      ["wrongContentType", 415, () => sendWebhook(organization, good, { "content-type": "text/xml" })],
    ];
    for (const [reason, expected, send] of requests) {
      const response = await send();
      expect([reason, response.status]).toEqual([reason, expected]);
      const problem = (await response.json()) as Problem;
      expect(problem.detail.length).toBeGreaterThan(10);
      expect(JSON.stringify(problem)).not.toContain(organization.key);
    }
    const expectedCounts = Object.fromEntries(
      Object.entries(Object.groupBy(requests, ([reason]) => reason)).map(([reason, list]) => [
        reason,
        list?.length,
      ]),
    );
    const { rejections, lastEventAt, health } = await status(organization.id);
    expect(Object.fromEntries(rejections.map(({ reason, count }) => [reason, count]))).toEqual(
      expectedCounts,
    );
    expect(lastEventAt).toBeNull();
    expect(health.state).toBe("neverConnected");
  });

  it("cannot be told from one to an organization that does not exist, which the platform counts", async () => {
    const organization = await createTestOrganization();
    const count = async () => {
      const platform = await okJson<PlatformStatus>(await callApi("global-admin", "GET", "platform/status"));
      return (
        platform.rejectionsWithoutOrganization.find(({ reason }) => reason === "unknownOrganization")
          ?.count ?? 0
      );
    };
    const before = await count();
    const wrong = await sendWebhook({ id: organization.id, key: "wrong" }, "{}");
    const unknown = await sendWebhook({ id: "nobody", key: "wrong" }, "{}");
    const [a, b] = [await wrong.json(), await unknown.json()] as [Problem, Problem];
    expect(unknown.status).toBe(wrong.status);
    expect({ ...a, correlationId: "" }).toEqual({ ...b, correlationId: "" });
    expect(await count()).toBe(before + 1);
  });

  it("is accepted with the key in ?code= as Dataverse's webhook key, and without a content type", async () => {
    const organization = await createTestOrganization();
    const url = `webhooks/dynamics/${organization.id}?code=${encodeURIComponent(organization.key)}`;
    const response = await callApi("no-role", "POST", url, JSON.parse(webhookBody(organization)));
    expect(response.status).toBe(202);
    const { eventId } = (await response.json()) as { eventId: string };
    expect(eventId).toMatch(/^[0-9a-f]{32}$/);
    await eventually(
      () => status(organization.id),
      ({ lastEventAt }) => lastEventAt !== null,
    );
  });

  it("is refused soon after its key was revoked, while a second key goes on", async () => {
    const organization = await createTestOrganization();
    const second = await okJson<{ keyId: string; key: string }>(
      await callApi("global-admin", "POST", `organizations/${organization.id}/portal/keys`, {
        name: "Second",
      }),
    );
    expect((await sendWebhook({ ...organization, key: second.key }, webhookBody(organization))).status).toBe(
      202,
    );
    const revoked = await callApi(
      "global-admin",
      "DELETE",
      `organizations/${organization.id}/portal/keys/${second.keyId}`,
    );
    expect(revoked.status).toBe(204);
    expect((await sendWebhook({ ...organization, key: second.key }, webhookBody(organization))).status).toBe(
      401,
    );
    expect((await sendWebhook(organization, webhookBody(organization))).status).toBe(202);
  });
});
