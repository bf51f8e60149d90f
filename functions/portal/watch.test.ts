import { beforeEach, describe, expect, it } from "vitest";
import type { Sending } from "../alerts/teams.ts";
import { readLastCheck } from "../alerts/lastCheck.ts";
import { memoryTable } from "../alerts/testing/memoryTable.ts";
import type { Outcome } from "../contracts/common.ts";
import type { Directory } from "../organizations/directory.ts";
import { defaultSettings } from "../organizations/storedOrganization.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { StorageFault } from "../platform/storage/table.ts";
import { createRecorder } from "../sync-log/recorder.ts";
import { createRejectionRecorder } from "../sync-log/rejectionRecorder.ts";
import { readStatus } from "../sync-log/readStatus.ts";
import { sampleEvent, sampleEventId } from "../sync-log/testing/sampleEvent.ts";
import { createProjection } from "./projection.ts";
import type { QueueAge } from "../contracts/portal.ts";
import { watchRules } from "./watch.ts";
import type { WatchServices } from "./watch.ts";

const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 2, 4, 12, 2);
const log = { info: () => {}, warn: () => {}, error: (text: string) => logged.push(text) };

const organization = (own: Partial<StoredOrganization> = {}): StoredOrganization => ({
  ...{ id: "contoso", name: "Contoso", dynamicsOrganizationId: "", environmentUrl: null },
  ...{ environmentTenantId: null, adminGroupId: null, ...defaultSettings, state: "active" },
  ...{ createdAt: 0, keys: [], etag: "", ...own },
});

let logged: string[];
let now: number;
let organizations: StoredOrganization[];
let syncLog: ReturnType<typeof memoryTable>;
let lines: ReturnType<typeof memoryTable>;
let alerts: ReturnType<typeof memoryTable>;
let isLogAway: boolean;
let queue: QueueAge;
/** Cards by channel, as the texts of their blocks and their links. */
let cards: { address: string; text: string }[];
let answer: Sending;
let services: WatchServices;
let nextEvent: number;
beforeEach(() => {
  logged = [];
  now = start;
  organizations = [organization()];
  [syncLog, lines, alerts] = [memoryTable(), memoryTable(), memoryTable()];
  isLogAway = false;
  queue = { oldestSeconds: null, atMostSeconds: 0 };
  cards = [];
  answer = { result: "sent", answer: "Teams answered 202" };
  nextEvent = 0;
  let ids = 0;
  services = {
    clock: () => now,
    directory: { all: async () => organizations } as Directory,
    projection: createProjection({
      table: lines.table,
      readCounters: (id, at) => {
        if (isLogAway) throw new StorageFault("ambiguous", null, "away");
        return readStatus(syncLog.table, id, at);
      },
      clock: () => now,
      onError: (message) => logged.push(message),
    }),
    queueAge: async () => queue,
    teamsAddressOf: ({ teams }) => {
      if (teams?.sealed === "broken") throw new Error("cannot be opened");
      return teams?.sealed ?? null;
    },
    alerts: {
      ...{ table: alerts.table, clock: () => now, platformAddress: "platform" },
      ...{ portalUrl: "https://portal.example", newId: () => `id${(ids += 1)}` },
      sendMessage: async (address, message) => {
        if (answer.result !== "refused") cards.push({ address, text: JSON.stringify(message) });
        return answer;
      },
    },
  };
});

const look = () => watchRules(services, log);
const titles = () => cards.map(({ text }) => /"text":"([^"]+)"/.exec(text)?.[1]);

/** The alerts that the platform screen reads. */
const alertsShown = async () => (await services.projection.list())[0]?.alerts;

/** Events of this age; their ids, so that they can be run again. */
async function happened(count: number, outcome: Outcome, age = 0): Promise<string[]> {
  const ids = Array.from({ length: count }, () => sampleEventId((nextEvent += 1)));
  await record(ids, outcome, age, 1);
  return ids;
}
async function record(ids: string[], outcome: Outcome, age: number, attempt: number): Promise<void> {
  const recorder = createRecorder({ table: syncLog.table, clock: () => now });
  const receivedAt = now - age;
  await recorder.record(
    ids.map((eventId) =>
      sampleEvent({
        organizationId: "contoso",
        eventId,
        receivedAt,
        outcome,
        attempt,
        attemptKind: "replay",
      }),
    ),
  );
}

describe("the silence story", () => {
  it("is one card after 24 hours, and one when an event arrives, however often the timer runs", async () => {
    await happened(1, "success");
    await look();
    now += 24 * hour;
    await look();
    expect(cards).toEqual([]);
    now += minute;
    await Promise.all([look(), look()]);
    await look();
    expect(titles()).toEqual(["Contoso: no event for 24 hours"]);
    expect(cards[0]?.text).toContain('"url":"https://portal.example/organizations/contoso/portal"');
    await happened(1, "success");
    await Promise.all([look(), look()]);
    await look();
    expect(titles()).toEqual(["Contoso: no event for 24 hours", "Contoso: events arrive again"]);
  });
});

describe("failing events", () => {
  it("are told with a link to just those, and their end as well", async () => {
    await happened(4, "success");
    await happened(6, "error");
    await look();
    expect(titles()).toEqual(["Contoso: 6 of 10 events failed in an hour"]);
    expect(cards[0]?.text).toContain(
      "/organizations/contoso/portal?outcome=error&from=2026-03-04T11%3A00%3A00.000Z&to=2026-03-04T12%3A02%3A00.000Z",
    );
    now += 70 * minute;
    await look();
    expect(titles()[1]).toBe("Contoso: events succeed again");
  });

  it("that come and go around the limit are one alert", async () => {
    await happened(5, "error");
    await happened(20, "success");
    for (let times = 0; times < 3; times++) {
      await look();
      expect(await alertsShown()).toMatchObject([{ rule: "errorRate", state: "firing" }]);
      await happened(5, "success");
      await look();
      await happened(1, "error");
    }
    expect(titles()).toEqual(["Contoso: 5 of 25 events failed in an hour"]);
    await happened(100, "success");
    await look();
    expect(titles()[1]).toBe("Contoso: events succeed again");
    expect(await alertsShown()).toEqual([]);
  });

  it("of long ago are no news when they are run again and fail", async () => {
    const age = 90 * minute;
    const ids = await happened(20, "success", age);
    await record(ids, "error", age, 2);
    await look();
    expect(cards).toEqual([]);
    expect(await readStatus(syncLog.table, "contoso", now)).toMatchObject({
      periods: [{ error: 0 }, { error: 20 }, {}, {}],
    });
  });
});

it("tells of refused requests in a rolling hour", async () => {
  const rejections = createRejectionRecorder({ table: syncLog.table });
  const rejection = { organizationId: "contoso", contentType: null, bytes: 0, reason: "wrongKey" } as const;
  for (let count = 0; count < 5; count++) await rejections.reject({ ...rejection, at: now - 61 * minute });
  await happened(44, "success");
  now += 6 * minute;
  await look();
  expect(cards).toEqual([]);
  for (let count = 0; count < 5; count++) await rejections.reject({ ...rejection, at: now });
  await look();
  expect(titles()).toEqual(["Contoso: 5 of 49 requests refused in an hour"]);
});

it("says nothing of a paused organization's silence, errors and waiting events", async () => {
  await happened(10, "error");
  queue = { oldestSeconds: 99_999, atMostSeconds: 99_999 };
  organizations = [organization({ state: "paused" })];
  await look();
  now += 48 * hour;
  await look();
  expect(cards).toEqual([]);
});

describe("what cannot be read", () => {
  it("is a fault of the rules that need it, told after ten minutes, and never health", async () => {
    await happened(10, "error");
    await look();
    expect(cards).toHaveLength(1);
    isLogAway = true;
    for (let past = 0; past <= 10; past++) {
      now += minute;
      await look();
    }
    expect(cards).toHaveLength(2);
    expect(cards[1]?.text).toContain("Contoso: error rate cannot be checked");
    expect(cards[1]?.text).toContain("Contoso: silence cannot be checked");
    expect(logged).toContainEqual(expect.stringContaining("Looking at contoso failed"));
  });

  it("is on the platform screen as well, beside the counters as they last were", async () => {
    await happened(10, "success");
    await look();
    const before = (await services.projection.list())[0];
    isLogAway = true;
    for (let past = 0; past <= 10; past++) {
      now += minute;
      await look();
    }
    const unknown = ["silence", "errorRate", "rejectionRate"].map((rule) => ({
      ...{ rule, state: "unknown", since: start + minute, acknowledged: false, mutedUntil: null },
    }));
    expect(await services.projection.list()).toEqual([{ ...before, alerts: unknown, checkedAt: now }]);
  });

  it("makes no line of its own on the platform screen", async () => {
    isLogAway = true;
    await look();
    expect(await services.projection.list()).toEqual([]);
    expect(logged).toEqual([expect.stringContaining("Looking at contoso failed")]);
  });

  it("of the queue concerns the waiting events alone", async () => {
    queue = { oldestSeconds: null, atMostSeconds: null };
    await look();
    expect(await alertsShown()).toEqual([]);
    now += 10 * minute;
    await look();
    expect(titles()).toEqual(["Contoso: waiting events cannot be checked"]);
    expect(await alertsShown()).toMatchObject([{ rule: "queueAge", state: "unknown", since: start }]);
  });
});

describe("channels", () => {
  it("are the organization's own or the platform's, with one card each", async () => {
    queue = { oldestSeconds: 7_200, atMostSeconds: 7_200 };
    const teams = { host: "x", sealed: "own" };
    organizations = [
      organization(),
      organization({ id: "fabrikam", name: "Fabrikam" }),
      organization({ id: "northwind", name: "Northwind", teams }),
    ];
    await look();
    expect(cards.map(({ address }) => address).toSorted()).toEqual(["own", "platform"]);
    const platform = cards.find(({ address }) => address === "platform")?.text;
    expect(platform).toContain("Contoso: events wait for 120 minutes");
    expect(platform).toContain("Fabrikam: events wait for 120 minutes");
    expect(platform).not.toContain("Northwind");
  });

  it("whose address cannot be opened are replaced by the platform's, and logged", async () => {
    queue = { oldestSeconds: 7_200, atMostSeconds: 7_200 };
    organizations = [organization({ teams: { host: "x", sealed: "broken" } })];
    await look();
    expect(cards).toMatchObject([{ address: "platform" }]);
    expect(logged).toEqual([expect.stringContaining("The Teams address of contoso cannot be opened")]);
  });
});

it("costs one read and one write for an organization's line and one read for its alerts", async () => {
  await happened(1, "success");
  await look();
  for (const { requests } of [syncLog, lines, alerts]) requests.length = 0;
  now += minute;
  await look();
  expect(syncLog.requests).toEqual(["range contoso"]);
  expect(lines.requests).toEqual(["submit organization"]);
  expect(alerts.requests).toEqual(["get contoso", "submit -"]);
  expect(await readLastCheck(alerts.table)).toBe(now);
});
