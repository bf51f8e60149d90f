import { beforeEach, expect, it } from "vitest";
import type { LineAlert } from "../alerts/lineAlerts.ts";
import { memoryTable } from "../alerts/testing/memoryTable.ts";
import { platformStatus } from "../contracts/platform.ts";
import type { PlatformStatus } from "../contracts/platform.ts";
import { getPlatformStatus } from "./platformApi.ts";
import type { PlatformServices } from "./platformApi.ts";
import { createProjection, toLine } from "./projection.ts";
import type { Projection } from "./projection.ts";

const minute = 60_000;
const start = Date.UTC(2026, 2, 4, 12);
const firing: LineAlert = {
  ...{ rule: "errorRate", state: "firing", since: start, acknowledged: false, mutedUntil: null },
};

let now: number;
let projection: Projection;
let ids: string[];
beforeEach(() => {
  now = start;
  ids = [];
  projection = createProjection({
    table: memoryTable().table,
    readCounters: () => Promise.reject(new Error("not used")),
    clock: () => now,
    onError: () => {},
  });
});

/** An organization whose last event arrived a moment ago, with these alerts at the last check. */
async function watched(id: string, alerts: LineAlert[], error = 0): Promise<void> {
  ids.push(id);
  const period = { period: "24h", from: "", success: 100 - error, error, skipped: 0 } as const;
  const instant = new Date(now).toISOString();
  const counters = { periods: [period], rejections: [], rejectionsLastHour: 0 } as const;
  const counted = { ...counters, lastEventAt: instant, lastSuccessAt: instant } as unknown;
  await projection.write(toLine(id, now, counted as Parameters<typeof toLine>[2]), alerts);
}

async function read(): Promise<PlatformStatus> {
  const organizations = ids.map((id) => ({ id, name: id, state: "active", silenceHours: 24 }));
  const services = {
    ...{
      clock: () => now,
      syncLog: memoryTable().table,
      projection,
      queueAge: async () => ({ oldestSeconds: null, atMostSeconds: 0 }),
    },
    directory: { all: async () => organizations },
  } as unknown as PlatformServices;
  return platformStatus.parse((await getPlatformStatus(services, {} as never)).body);
}

it("puts organizations with alerts that nobody looks after first, and counts them", async () => {
  await watched("calm", []);
  await watched("acknowledged", [{ ...firing, acknowledged: true }]);
  await watched("muted", [{ ...firing, mutedUntil: now + minute }]);
  await watched("failing", [], 10);
  await watched("unknown", [{ ...firing, rule: "queueAge", state: "unknown" }]);
  await watched("two", [firing, { ...firing, rule: "silence" }]);
  const { organizations, totals } = await read();
  expect(organizations.map(({ id }) => id)).toEqual([
    ...["two", "unknown", "failing", "acknowledged", "calm", "muted"],
  ]);
  expect(totals.needAttention).toBe(3);
  expect(organizations[0]?.alerts).toMatchObject([
    { rule: "errorRate", title: "Error rate", state: "firing", acknowledged: false, mutedUntil: null },
    { rule: "silence", title: "Silence" },
  ]);
});

it("counts a muted alert again when its time has come", async () => {
  await watched("muted", [{ ...firing, mutedUntil: now + minute }]);
  expect((await read()).totals.needAttention).toBe(0);
  now += minute;
  expect(await read()).toMatchObject({
    totals: { needAttention: 1 },
    organizations: [{ alerts: [{ mutedUntil: null }] }],
  });
});

it("knows nothing of alerts that were not checked for ten minutes, or never", async () => {
  await watched("left", [firing]);
  now += 10 * minute;
  expect((await read()).organizations[0]?.alerts).toHaveLength(1);
  now += 1;
  ids.push("new");
  const { organizations, totals, alertsCheckedAt } = await read();
  expect(organizations.map(({ alerts }) => alerts)).toEqual([null, null]);
  expect(alertsCheckedAt).toBe("2026-03-04T12:00:00.000Z");
  expect(totals.needAttention).toBe(0);
});
