import { describe, expect, it } from "vitest";
import type { EventDetail, EventPage } from "../contracts/portal.ts";
import { sample, sampleNames, samplesExist } from "../dynamics/testing/samples.ts";
import { callApi, createTestOrganization, eventually, okJson, sendWebhook } from "../../local/testing/api.ts";

const jane = "11111111-aaaa-4aaa-8aaa-000000000001";
const membership = "22222222-bbbb-4bbb-8bbb-000000000001";

/** What a person would expect of each body: outcome, code, event type, record id. */
const expected: Record<string, [string, string | null, string, string]> = {
  "01": ["success", null, "contact.Update", "6d81597f-0f9f-e711-8122-000d3aa2331c"],
  "02": ["skipped", "table.notMapped", "msdyn_agentstatus.Update", "00aa00aa-bb11-cc22-dd33-44ee44ee44ee"],
  "04": ["skipped", "table.notMapped", "new_customactivity.Update", "841579d9-7e63-ef11-9e4a-00155d0001ea"],
  "08": ["skipped", "table.notMapped", "albxrm_alltypes.Create", "44bfc2a7-903e-eb11-a813-000d3ad9c2e1"],
  "09": ["success", null, "account.Create", "53c52f26-a89d-ef11-8a69-000d3a30b0c1"],
  "14": ["success", null, "account.Delete", "01b5eeb5-455e-ee11-be6f-000d3a1aaa29"],
  S1: ["success", null, "msnfp_membership.Create", membership],
  S2: ["success", null, "contact.Update", jane],
  S3: ["success", null, "contact.Delete", jane],
  S4: ["success", null, "msnfp_membership.Associate", membership],
  S6: ["success", null, "contact.UpdateMultiple", jane],
  S11: ["error", "dynamics.notConfigured", "contact.Update", jane],
};

describe.runIf(samplesExist)("webhook bodies as Dataverse sends them", () => {
  it.each(sampleNames())("%s comes to what a person expects", async (name) => {
    const text = sample(name);
    const { OrganizationId } = JSON.parse(text) as { OrganizationId: string };
    const organization = await createTestOrganization({ dynamicsOrganizationId: OrganizationId });
    const accepted = await sendWebhook(organization, text);
    expect(accepted.status).toBe(202);
    const { eventId } = (await accepted.json()) as { eventId: string };
    const path = `organizations/${organization.id}/portal/events`;
    const page = await eventually(
      async () => okJson<EventPage>(await callApi("global-admin", "GET", path)),
      ({ items }) => items.length > 0,
    );
    const [event] = page.items;
    const [outcome, code, eventType, recordId] = expected[name] ?? [];
    expect(event).toMatchObject({ eventId, outcome, code, eventType, recordId });
    if (name === "09") {
      const detail = await okJson<EventDetail>(await callApi("global-admin", "GET", `${path}/${eventId}`));
      expect(detail.textRepaired).toBe(true);
      expect(detail.changes.find(({ field }) => field === "name")?.new).toMatch(/^АаБбВв/);
    }
    const payload = await okJson<unknown>(
      await callApi("global-admin", "GET", `${path}/${eventId}/payload?show=true`),
    );
    expect(payload).toEqual(JSON.parse(text));
  });
});
