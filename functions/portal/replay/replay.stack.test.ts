import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import {
  callApi,
  createTestOrganization,
  eventually,
  okJson,
  sendWebhook,
  webhookBody,
} from "../../../local/testing/api.ts";
import type { TestOrganization } from "../../../local/testing/api.ts";
import type { AuditPage } from "../../contracts/audit.ts";
import type { EventPage, PortalStatus } from "../../contracts/portal.ts";
import type { Replay, ReplayEstimate, ReplayItem } from "../../contracts/replays.ts";

const admin = "global-admin";

function routesOf(organization: TestOrganization) {
  const path = (rest: string) => `organizations/${organization.id}/portal/${rest}`;
  return {
    get: async <T>(rest: string) => okJson<T>(await callApi(admin, "GET", path(rest))),
    post: async <T>(rest: string, body: unknown = {}) =>
      okJson<T>(await callApi(admin, "POST", path(rest), body)),
    refused: async (rest: string, body: unknown) => callApi(admin, "POST", path(rest), body),
  };
}

test("what arrives while paused is kept and run in order on resumption; a replay is estimated, run, listed and audited", async () => {
  const organization = await createTestOrganization();
  const { get, post, refused } = routesOf(organization);
  const start = Date.now() - 60_000;

  // Paused: everything arrives and is kept.
  await post("pause");
  const held = () => get<EventPage>("events?code=integration.paused&limit=200");
  const id = randomUUID();
  for (const number of [1, 2, 3]) {
    const change = { id, attributes: { firstname: `name ${number}` } };
    const modifiedOn = new Date(start + number * 1000);
    await sendWebhook(organization, webhookBody(organization, { ...change, modifiedOn }));
  }
  // Until every process knows of the pause, an event may still be processed.
  const events = await eventually(
    () => get<EventPage>("events?limit=50"),
    ({ items }) => items.length === 3,
  );
  const processed = events.items.filter(({ code }) => code === null).length;
  expect((await held()).items).toHaveLength(3 - processed);
  expect((await refused("replays", { filter: {} })).status).toBe(409);

  // Resumed: what was kept is processed.
  await post("resume");
  await eventually(held, ({ items }) => items.length === 0);
  const status = await get<PortalStatus>("status");
  expect(status.periods[1]).toMatchObject({ success: 3, error: 0, skipped: 0 });

  // A dry run changes nothing.
  const estimate = await post<ReplayEstimate>("replays", { filter: { outcome: "success" }, dryRun: true });
  expect(estimate).toMatchObject({ events: 3, complete: true });
  expect(estimate.sample.map(({ after, changes }) => [after, changes])).toEqual([
    ["success", []],
    ["success", []],
    ["success", []],
  ]);

  // A replay of what did its work already leaves it as it is.
  const log = await get<EventPage>("events?limit=50");
  const { replayId } = await post<Replay>("replays", { filter: {} });
  const ended = await eventually(
    () => get<Replay>(`replays/${replayId}`),
    ({ state }) => state === "done",
  );
  expect(ended).toMatchObject({
    kind: "replay",
    total: 3,
    done: 3,
    outcomes: { success: 3, error: 0, skipped: 0 },
  });
  const { items } = await get<{ items: ReplayItem[] }>(`replays/${replayId}/items`);
  expect(items.map(({ before, after }) => [before, after])).toEqual(items.map(() => ["success", "success"]));
  expect(await get<EventPage>("events?limit=50")).toEqual(log);
  const { periods, lastSuccessAt } = await get<PortalStatus>("status");
  expect({ periods, lastSuccessAt }).toEqual({
    periods: status.periods,
    lastSuccessAt: status.lastSuccessAt,
  });

  // One event by itself; and what was started is in the audit log.
  const eventId = items[0]?.eventId ?? "";
  const single = await post<Replay>(`events/${eventId}/replay`);
  await post(`replays/${single.replayId}/stop`);
  await eventually(
    () => get<Replay>(`replays/${single.replayId}`),
    ({ state }) => state === "done" || state === "stopped",
  );
  const { items: all } = await get<{ items: Replay[] }>("replays");
  expect(all.map(({ replayId: id }) => id)).toEqual(expect.arrayContaining([replayId, single.replayId]));
  const audit = await okJson<AuditPage>(
    await callApi(admin, "GET", `organizations/${organization.id}/audit`),
  );
  expect(audit.items.filter(({ action }) => action === "replay.started").map(({ target }) => target)).toEqual(
    [`Event ${eventId}`, "All events"],
  );
  const other = await createTestOrganization();
  expect((await callApi(admin, "GET", `organizations/${other.id}/portal/replays/${replayId}`)).status).toBe(
    404,
  );
});
