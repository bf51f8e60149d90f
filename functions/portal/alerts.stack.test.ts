import { expect, inject, it } from "vitest";
import type { AlertDelivery, AlertOverview } from "../contracts/alerts.ts";
import type { AuditPage } from "../contracts/audit.ts";
import { callApi, createTestOrganization, eventually, okJson } from "../../local/testing/api.ts";

it("refused requests raise an alert, which is told, shown, muted and noted", async () => {
  const stack = inject("stack");
  const { id } = await createTestOrganization();
  const path = `organizations/${id}/portal`;
  for (let count = 0; count < 6; count++)
    await fetch(`${stack.functionsUrl}/api/webhooks/dynamics/${id}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-webhook-key": "wrong" },
      body: "{}",
    });
  const overview = await eventually(
    async () => {
      await fetch(`${stack.functionsUrl}/admin/functions/flagSilence`, { method: "POST", body: "{}" });
      return okJson<AlertOverview>(await callApi("global-admin", "GET", `${path}/alerts`));
    },
    ({ deliveries }) => deliveries.some(({ result }) => result === "sent"),
  );
  expect(overview.channel).toBe("platform");
  expect(overview.alerts.find(({ rule }) => rule === "rejectionRate")).toMatchObject({
    state: "firing",
    reason: expect.stringContaining("6 of 6 requests (100 %) of the last hour were refused"),
  });
  expect(overview.deliveries.filter(({ result }) => result === "sent")).toMatchObject([
    { kind: "firing", rules: ["rejectionRate"], answer: "Teams answered 202" },
  ]);

  const until = new Date(Date.now() + 48 * 3_600_000).toISOString();
  const rule = `${path}/alerts/rejectionRate`;
  await okJson(await callApi("global-admin", "POST", `${rule}/acknowledge`));
  const muted = await okJson<AlertOverview>(await callApi("global-admin", "POST", `${rule}/mute`, { until }));
  expect(muted.alerts.find(({ mutedUntil }) => mutedUntil !== null)).toMatchObject({
    mutedUntil: until,
    acknowledged: { by: "Grace Global" },
  });
  const test = await okJson<AlertDelivery>(await callApi("global-admin", "POST", `${path}/test-alert`));
  expect(test).toMatchObject({ kind: "test", result: "sent" });
  const { items } = await okJson<AuditPage>(
    await callApi("global-admin", "GET", `organizations/${id}/audit`),
  );
  expect(items.map(({ action }) => action).slice(0, 3)).toEqual([
    ...["alert.tested", "alert.muted", "alert.acknowledged"],
  ]);

  for (const [method, route] of [
    ["GET", `${path}/alerts`],
    ["POST", `${rule}/acknowledge`],
    ["POST", `${rule}/mute`],
    ["POST", `${path}/test-alert`],
  ] as const) {
    const body = route.endsWith("mute") ? { until } : undefined;
    expect((await callApi("contoso-admin", method, route, body)).status).toBe(403);
  }
});
