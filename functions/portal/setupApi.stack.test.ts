import { inject, it, expect } from "vitest";
import type { AuditPage } from "../contracts/audit.ts";
import type { EventPage, EventSummary } from "../contracts/portal.ts";
import type { SetupGuide } from "../contracts/setup.ts";
import { runSetup } from "../dynamics/testing/runSetup.ts";
import { sampleOrganization } from "../../local/stack/sampleOrganizations.ts";
import { callApi, createTestOrganization, eventually, okJson } from "../../local/testing/api.ts";

it("an environment that is set up by the guide sends its changes, which can be taken out and looked at", async () => {
  const { dynamicsUrl, functionsUrl } = inject("stack");
  const environmentUrl = `${dynamicsUrl}/contoso`;
  const { dynamicsOrganizationId } = sampleOrganization("contoso");
  const organization = await createTestOrganization({ dynamicsOrganizationId, environmentUrl });
  const portal = `organizations/${organization.id}/portal`;
  const get = (path: string) => callApi("global-admin", "GET", path);

  const guide = await okJson<SetupGuide>(await get(`${portal}/registration`));
  expect(guide.webhookUrl).toBe(`${functionsUrl}/api/webhooks/dynamics/${organization.id}`);
  const session = await okJson<{ token: string }>(
    await fetch(`${dynamicsUrl}/_control/session`, { method: "POST" }),
  );
  const headers = { authorization: `Bearer ${session.token}`, "content-type": "application/json" };
  const requests = guide.steps.flatMap((step) => step.requests);
  await runSetup(environmentUrl, requests, organization.key, headers);

  await fetch(`${environmentUrl}/api/data/v9.2/contacts`, {
    method: "POST",
    headers,
    body: JSON.stringify({ firstname: "Inge", lastname: "Setup-Sørensen" }),
  });
  const { items } = await eventually(
    async () => okJson<EventPage>(await get(`${portal}/events?type=contact.Create`)),
    (page) => page.items.length > 0,
  );
  const [event] = items as [EventSummary];
  expect(event.outcome).toBe("success");
  await removeEndpoint(environmentUrl, guide.webhookUrl, headers);

  const file = await get(`${portal}/export?format=json&type=contact.Create`);
  expect(file.headers.get("content-type")).toBe("application/json");
  expect(file.headers.get("content-disposition")).toContain(organization.id);
  expect(await file.json()).toEqual([event]);

  const payload = `${portal}/events/${event.eventId}/payload`;
  expect(await (await get(payload)).text()).not.toContain("Setup-Sørensen");
  expect(await (await get(`${payload}?show=true`)).text()).toContain("Setup-Sørensen");
  const audit = await okJson<AuditPage>(await get(`organizations/${organization.id}/audit`));
  expect(audit.items.slice(0, 2)).toMatchObject([
    { action: "payload.shown", target: event.eventId },
    { action: "events.exported", target: "json: type contact.Create" },
  ]);
});

/** What is registered in the environment that all tests share is taken back. */
async function removeEndpoint(environmentUrl: string, webhookUrl: string, headers: Record<string, string>) {
  const endpoints = `${environmentUrl}/api/data/v9.2/serviceendpoints`;
  const found = await fetch(`${endpoints}?$filter=url eq '${webhookUrl}'`, { headers });
  const { value } = (await found.json()) as { value: { serviceendpointid: string }[] };
  for (const { serviceendpointid } of value)
    await fetch(`${endpoints}(${serviceendpointid})`, { method: "DELETE", headers });
}
