import { beforeEach, describe, expect, it, vi } from "vitest";
import { noteCheck } from "../alerts/lastCheck.ts";
import type { Sending } from "../alerts/teams.ts";
import { memoryTable } from "../alerts/testing/memoryTable.ts";
import { alertDelivery, alertOverview } from "../contracts/alerts.ts";
import type { AlertOverview, AlertRule } from "../contracts/alerts.ts";
import type { Directory } from "../organizations/directory.ts";
import { defaultSettings } from "../organizations/storedOrganization.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { createRecorder } from "../sync-log/recorder.ts";
import { StorageFault } from "../platform/storage/table.ts";
import { readStatus } from "../sync-log/readStatus.ts";
import { sampleEvent } from "../sync-log/testing/sampleEvent.ts";
import { acknowledgeAlert, getAlerts, muteAlert, testAlert } from "./alertsApi.ts";
import type { AlertApiServices } from "./alertsApi.ts";
import { createProjection } from "./projection.ts";
import { watchRules } from "./watch.ts";

const minute = 60_000;
const start = Date.UTC(2026, 2, 4, 12, 2);
const log = { info: () => {}, warn: () => {}, error: () => {} };
const organization: StoredOrganization = {
  ...{ id: "contoso", name: "Contoso", dynamicsOrganizationId: "", environmentUrl: null },
  ...{ environmentTenantId: null, adminGroupId: null, ...defaultSettings, state: "active" },
  ...{ createdAt: 0, keys: [], etag: "" },
};
const caller = { id: "1", name: "Carla", signInName: null, roles: [], groups: [] };

let now: number;
let wait: number | null;
let answer: Sending;
let cards: string[];
let audited: unknown[];
let tables: Record<"syncLog" | "lines" | "alerts", ReturnType<typeof memoryTable>>;
let services: AlertApiServices;
beforeEach(() => {
  now = start;
  wait = null;
  answer = { result: "sent", answer: "Teams answered 202" };
  cards = [];
  audited = [];
  tables = { syncLog: memoryTable(), lines: memoryTable(), alerts: memoryTable() };
  const syncLog = tables.syncLog.table;
  let ids = 0;
  services = {
    ...{ clock: () => now, syncLog, authenticate: () => Promise.reject(new Error("not used")) },
    directory: { all: async () => [organization] } as unknown as Directory,
    audit: {
      record: async (_id, actor, action, target, changes = []) =>
        void audited.push([actor.name, action, target, changes.map((change) => change.new)]),
      list: () => Promise.reject(new Error("not used")),
    },
    projection: createProjection({
      table: tables.lines.table,
      readCounters: (id, at) => readStatus(syncLog, id, at),
      clock: () => now,
      onError: () => {},
    }),
    queueAge: async () => ({ oldestSeconds: wait, atMostSeconds: wait ?? 0 }),
    teamsAddressOf: () => null,
    alerts: {
      ...{ table: tables.alerts.table, clock: () => now, platformAddress: "platform" },
      ...{ portalUrl: "https://portal.example", newId: () => `id${(ids += 1)}` },
      sendMessage: async (_address, message) => {
        if (answer.result !== "refused") cards.push(JSON.stringify(message));
        return answer;
      },
      sleep: async () => {},
    },
  };
});

const call = (parts: object = {}) => ({ caller, organization, params: { id: "contoso" }, ...parts }) as never;
const get = async () => alertOverview.parse((await getAlerts(services, call())).body);
const ofRule = (rule: AlertRule, body?: object) => call({ params: { id: "contoso", rule }, body });
const mute = (rule: AlertRule, until: number | null) =>
  muteAlert(services, ofRule(rule, { until: until === null ? null : new Date(until).toISOString() }));
const look = () => watchRules(services, log);
const find = (overview: AlertOverview, rule: AlertRule) => overview.alerts.find((one) => one.rule === rule);

describe("the overview", () => {
  it("shows every rule with its reason, and when it was checked", async () => {
    await createRecorder({ table: tables.syncLog.table, clock: () => now }).record([
      sampleEvent({ receivedAt: now - minute }),
    ]);
    await look();
    const overview = await get();
    expect(overview.channel).toBe("platform");
    expect(overview.alerts.map(({ rule, state }) => `${rule} ${state}`)).toEqual([
      ...["silence quiet", "errorRate quiet", "rejectionRate quiet", "queueAge quiet", "keyExpiry quiet"],
    ]);
    expect(find(overview, "silence")).toMatchObject({
      title: "Silence",
      since: null,
      reason: "The last event arrived less than an hour ago; the threshold is 24 hours.",
      checkedAt: "2026-03-04T12:02:00.000Z",
    });
  });

  it("shows what the timer saw, what it has not seen yet, and the cards", async () => {
    await look();
    wait = 1_200;
    expect(find(await get(), "queueAge")).toMatchObject({
      ...{ state: "firing", since: "2026-03-04T12:02:00.000Z" },
      remedy: expect.stringContaining("Nothing is lost"),
    });
    now += minute;
    await look();
    now += minute;
    const overview = await get();
    expect(find(overview, "queueAge")).toMatchObject({ state: "firing", since: "2026-03-04T12:03:00.000Z" });
    expect(overview.deliveries).toEqual([
      {
        ...{ id: expect.any(String), at: "2026-03-04T12:03:00.000Z", rules: ["queueAge"], kind: "firing" },
        title: "Contoso: events wait for 20 minutes",
        ...{ result: "sent", answer: "Teams answered 202", nextTryAt: null },
      },
    ]);
  });

  it("knows nothing any more when the timer has stood still for ten minutes", async () => {
    await look();
    now += 10 * minute;
    expect(find(await get(), "silence")).toMatchObject({ state: "quiet" });
    now += 1;
    expect(find(await get(), "silence")).toMatchObject({
      state: "unknown",
      since: "2026-03-04T12:02:00.000Z",
      reason: expect.stringContaining("nobody would be told"),
    });
  });

  it("says that the rules were never checked", async () => {
    expect(find(await get(), "silence")).toMatchObject({
      state: "unknown",
      reason:
        "The rules should be checked every minute and have never been checked: nobody would be told of a change.",
      inputs: expect.arrayContaining([{ name: "Last check", value: "never" }]),
    });
  });

  it("costs four reads", async () => {
    await look();
    for (const { requests } of Object.values(tables)) requests.length = 0;
    await get();
    expect(tables.syncLog.requests).toEqual(["range contoso"]);
    expect(tables.alerts.requests.toSorted()).toEqual(["get -", "get contoso", "range contoso"]);
  });

  it("shows no deliveries that are older than they are kept", async () => {
    await testAlert(services, call());
    now += 90 * 24 * 60 * minute;
    expect((await get()).deliveries).toHaveLength(1);
    now += 1;
    expect((await get()).deliveries).toEqual([]);
  });
});

describe("acknowledging", () => {
  it("keeps further cards back, tells who, and is noted once", async () => {
    wait = 1_200;
    const { body } = await acknowledgeAlert(services, ofRule("queueAge"));
    expect(find(body, "queueAge")?.acknowledged).toEqual({ by: "Carla", at: "2026-03-04T12:02:00.000Z" });
    await acknowledgeAlert(services, ofRule("queueAge"));
    expect(audited).toEqual([["Carla", "alert.acknowledged", "queueAge", []]]);
    await look();
    expect(cards).toEqual([]);
    wait = null;
    await look();
    expect(cards).toEqual([expect.stringContaining("events are processed in time again")]);
    expect(find(await get(), "queueAge")?.acknowledged).toBeNull();
  });

  it("and muting show on the platform screen at once, and do not count as a check", async () => {
    wait = 1_200;
    await look();
    now += minute;
    await acknowledgeAlert(services, ofRule("queueAge"));
    await mute("queueAge", now + minute);
    expect(await services.projection.list()).toMatchObject([
      { checkedAt: start, alerts: [{ rule: "queueAge", acknowledged: true, mutedUntil: now + minute }] },
    ]);
  });

  it("is refused for a rule that does not fire", async () => {
    const refused = acknowledgeAlert(services, ofRule("queueAge"));
    await expect(refused).rejects.toMatchObject({ status: 409, code: "alert.notFiring" });
    expect(audited).toEqual([]);
  });
});

describe("muting", () => {
  it("holds cards back until its end, which is shown and noted", async () => {
    const until = start + 5 * minute;
    const { body } = await mute("queueAge", until);
    expect(find(body, "queueAge")?.mutedUntil).toBe("2026-03-04T12:07:00.000Z");
    wait = 1_200;
    await look();
    expect(cards).toEqual([]);
    now = until;
    await look();
    expect(cards).toHaveLength(1);
    expect(find(await get(), "queueAge")?.mutedUntil).toBeNull();
    expect(audited).toEqual([["Carla", "alert.muted", "queueAge", ["2026-03-04T12:07:00.000Z"]]]);
  });

  it("is ended before its time with null, once", async () => {
    await mute("queueAge", start + 5 * minute);
    wait = 1_200;
    await mute("queueAge", null);
    await mute("queueAge", null);
    await look();
    expect(cards).toHaveLength(1);
    expect(audited).toMatchObject([
      ["Carla", "alert.muted", "queueAge", ["2026-03-04T12:07:00.000Z"]],
      ["Carla", "alert.unmuted", "queueAge", [null]],
    ]);
  });

  it("that has run out is not ended, and one that follows replaces none", async () => {
    await mute("queueAge", start + minute);
    now = start + minute;
    await mute("queueAge", null);
    expect(audited).toHaveLength(1);
    const record = vi.spyOn(services.audit, "record");
    await mute("queueAge", start + 5 * minute);
    expect(record.mock.lastCall?.[4]).toMatchObject([{ old: null, new: "2026-03-04T12:07:00.000Z" }]);
  });

  it("needs an end that is to come", async () => {
    await expect(mute("queueAge", start)).rejects.toMatchObject({ status: 400, code: "mute.past" });
  });
});

it("muting ends within 30 days, and says so", async () => {
  const most = start + 30 * 24 * 60 * minute;
  for (const until of [most + 1, Date.UTC(9999, 11, 31)])
    await expect(mute("queueAge", until)).rejects.toMatchObject({
      ...{ status: 400, code: "mute.tooLong" },
      message: expect.stringContaining("at most 30 days"),
    });
  expect(audited).toEqual([]);
  const { body } = await mute("queueAge", most);
  expect(find(body, "queueAge")?.mutedUntil).toBe("2026-04-03T12:02:00.000Z");
});

describe("a test card", () => {
  it("is sent at once, answered and logged with what Teams said", async () => {
    const { body } = await testAlert(services, call());
    expect(alertDelivery.parse(body)).toMatchObject({
      ...{ kind: "test", result: "sent", answer: "Teams answered 202", rules: [] },
    });
    answer = { result: "refused", answer: "Teams answered 429", retryAfterMs: null };
    now += 1;
    expect((await testAlert(services, call())).body).toMatchObject({ result: "refused", nextTryAt: null });
    await noteCheck(tables.alerts.table, now);
    expect((await get()).deliveries.map(({ answer: said }) => said)).toEqual([
      ...["Teams answered 429", "Teams answered 202"],
    ]);
    expect(cards).toEqual([expect.stringContaining("Contoso: test card")]);
    expect(audited).toHaveLength(2);
  });

  it("is logged once when storage refuses for a moment after Teams took it", async () => {
    const { submit } = services.alerts.table;
    let refusals = 3;
    services.alerts.table.submit = async (writes) => {
      // The first was done, but the answer was lost.
      if (refusals === 3) await submit(writes);
      if (refusals-- > 0) throw new StorageFault("ambiguous", null, "503");
      return submit(writes);
    };
    await testAlert(services, call());
    expect(cards).toHaveLength(1);
    expect((await get()).deliveries).toMatchObject([{ kind: "test", result: "sent" }]);
    expect(audited).toHaveLength(1);
  });

  it.each(["ambiguous", "refused"] as const)(
    "is answered and audited, and logged elsewhere, when storage stays away (%s)",
    async (kind) => {
      const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
      services.alerts.table.submit = () => Promise.reject(new StorageFault(kind, null, "503"));
      expect((await testAlert(services, call())).body).toMatchObject({ kind: "test", result: "sent" });
      expect(audited).toEqual([["Carla", "alert.tested", null, []]]);
      expect(warn).toHaveBeenCalledWith(expect.stringContaining("of contoso (Teams answered 202)"));
      warn.mockRestore();
    },
  );

  it("needs a channel", async () => {
    services.alerts.platformAddress = null;
    await expect(testAlert(services, call())).rejects.toMatchObject({
      status: 409,
      code: "alerts.noChannel",
    });
    expect((await get()).channel).toBe("none");
  });
});
