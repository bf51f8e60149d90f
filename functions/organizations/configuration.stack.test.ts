import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { defaultAlertSettings } from "../contracts/alerts.ts";
import type { AuditPage } from "../contracts/audit.ts";
import type { Organization } from "../contracts/organizations.ts";
import { mintToken } from "../../local/entra/mintToken.ts";
import { SAMPLE_PEOPLE } from "../../local/entra/people.ts";
import type { Person } from "../../local/entra/people.ts";
import {
  createTestOrganization,
  eventually,
  okJson,
  sendWebhook,
  webhookBody,
} from "../../local/testing/api.ts";

const [, carla] = SAMPLE_PEOPLE as [Person, Person];

it("is changed by an organization's own administrator, who finds all of it in the audit log", async () => {
  const adminGroupId = randomUUID();
  const organization = await createTestOrganization({ adminGroupId });
  const stack = inject("stack");
  const issuer = { ...stack, keyFile: join(stack.folder, "entra-keys.json") };
  const token = await mintToken(issuer, carla, { claims: { groups: [adminGroupId] } });
  const call = (method: string, path: string, body?: unknown) =>
    fetch(`${stack.functionsUrl}/api/organizations/${organization.id}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "if-match": "*" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  const teamsWebhookUrl = "http://127.0.0.1:9/webhook/s3cret";
  const alerts = { ...defaultAlertSettings, queueAge: { enabled: true, minutes: 5 } };
  const settings = { silenceHours: 12, retentionDays: 30, alerts };
  const changed = await call("PATCH", "", { ...settings, teamsWebhookUrl });
  const text = await changed.text();
  expect([changed.status, JSON.parse(text)]).toEqual([
    200,
    expect.objectContaining({ ...settings, teamsHost: "127.0.0.1" }),
  ]);

  expect((await sendWebhook(organization, webhookBody(organization))).status).toBe(202);
  const { keys } = await eventually(
    async () => okJson<Organization>(await call("GET", "")),
    (answer) => answer.keys[0]?.lastUsedAt !== null,
  );
  expect(keys).toMatchObject([{ name: "Test", lastUsedAt: expect.any(String) as string }]);

  for (const [path, state] of [
    ["pause", "paused"],
    ["resume", "active"],
  ])
    expect(await okJson(await call("POST", `/portal/${path}`))).toMatchObject({ state });
  expect((await call("DELETE", `/portal/keys/${keys[0]?.keyId}`)).status).toBe(204);
  expect((await call("PATCH", "", { adminGroupId: null })).status).toBe(403);

  const seen: AuditPage["items"] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const path = `/audit?limit=2${cursor && `&cursor=${cursor}`}`;
    const page: AuditPage = await okJson<AuditPage>(await call("GET", path));
    seen.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(seen.map(({ action, target, actor }) => [action, target, actor.name])).toEqual([
    ["key.revoked", "Test", carla.name],
    ["integration.resumed", null, carla.name],
    ["integration.paused", null, carla.name],
    ["settings.changed", null, carla.name],
    ["key.created", "Test", "Grace Global"],
    ["organization.created", null, "Grace Global"],
  ]);
  expect(seen[3]?.changes).toEqual([
    { field: "Silence threshold", old: "24 hours", new: "12 hours" },
    { field: "Events are kept for", old: "90 days", new: "30 days" },
    { field: "Alert for waiting events, after", old: "15 minutes", new: "5 minutes" },
    { field: "Teams address", old: null, new: "127.0.0.1" },
  ]);
  expect(text + JSON.stringify(seen)).not.toContain("s3cret");
});
