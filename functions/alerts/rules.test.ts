import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultAlertSettings } from "../contracts/alerts.ts";
import type { AlertRule, AlertSettings } from "../contracts/alerts.ts";
import type { StoredKey } from "../organizations/storedOrganization.ts";
import type { Figures, Watched } from "./figures.ts";
import { findingsOf, statesOf } from "./rules.ts";

const at = Date.UTC(2026, 0, 5, 8, 2);
const from = Date.UTC(2026, 0, 5, 7);
const dayMs = 86_400_000;
const organization: Watched = {
  id: "contoso",
  name: "Contoso",
  state: "active",
  silenceHours: 24,
  keys: [],
  alerts: defaultAlertSettings,
};
const counters: NonNullable<Figures["counters"]> = {
  lastEventAt: at - 60_000,
  silentSince: null,
  lastHour: { success: 10, error: 0, skipped: 0, from },
  rejectionsLastHour: 0,
};
const figures: Figures = { at, counters, queue: { oldestSeconds: null, atMostSeconds: 0 } };

const check = (rule: AlertRule, own: Partial<Figures> = {}, of: Partial<Watched> = {}) =>
  findingsOf({ ...organization, ...of }, { ...figures, ...own }, new Set())[rule];
const counted = (own: Partial<typeof counters>) => ({ counters: { ...counters, ...own } });
const key = (name: string, expiresAt: number | null): StoredKey => ({
  ...{ keyId: name, name, sha256: "", createdAt: 0, expiresAt },
});

describe("silence", () => {
  it("fires while the organization is silent, and says since when and what to do", () => {
    const silent = counted({ lastEventAt: at - 26 * 3_600_000, silentSince: at - 2 * 3_600_000 });
    expect(check("silence", silent)).toMatchObject({
      state: "firing",
      headline: "no event for 26 hours",
      reason: "The last event arrived 26 hours ago; the threshold is 24 hours.",
      inputs: [
        { name: "Last event", value: "2026-01-04T06:02:00.000Z" },
        { name: "Threshold", value: "24 hours" },
        { name: "Silent since", value: "2026-01-05T06:02:00.000Z" },
      ],
      remedy: expect.stringContaining("webhook"),
      path: "/portal",
    });
  });

  it.each([
    ["less than an hour", 0],
    ["less than an hour", 3_599_999],
    ["1 hour", 3_600_000],
    ["2 hours", 7_200_000],
  ])("says that the last event arrived %s ago", (ago, age) => {
    expect(check("silence", counted({ lastEventAt: at - age })).reason).toBe(
      `The last event arrived ${ago} ago; the threshold is 24 hours.`,
    );
  });

  it("is quiet about an organization that never sent anything", () => {
    expect(check("silence", counted({ lastEventAt: null }))).toMatchObject({
      state: "quiet",
      reason: "No event has ever arrived, so there is no silence to notice.",
    });
  });
});

describe("the error rate", () => {
  const hour = (error: number, success: number, skipped = 0) =>
    counted({ lastHour: { success, error, skipped, from } });

  it.each([
    ["4 of 4: too few", hour(4, 0), "quiet"],
    ["5 of 25: 20 %", hour(5, 20), "firing"],
    ["5 of 26: less than 20 %", hour(5, 21), "quiet"],
    ["5 of 26: skipped events count", hour(5, 1, 20), "quiet"],
    ["none", hour(0, 0), "quiet"],
  ])("%s", (_, own, state) => {
    expect(check("errorRate", own).state).toBe(state);
  });

  it("leads to the failed events of that hour, and names its figures", () => {
    expect(check("errorRate", hour(30, 90))).toMatchObject({
      headline: "30 of 120 events failed in an hour",
      reason:
        "30 of 120 events (25 %) of the last hour failed; the rule fires from 5 failed events and 20 %, and recovers below 4 failed events or 16 %.",
      path: "/portal?outcome=error&from=2026-01-05T07%3A00%3A00.000Z&to=2026-01-05T08%3A02%3A00.000Z",
    });
  });
});

describe("the rejection rate", () => {
  const refused = (rejectionsLastHour: number, success: number) =>
    counted({ rejectionsLastHour, lastHour: { success, error: 0, skipped: 0, from } });

  it.each([
    ["4 of 4: too few", refused(4, 0), "quiet"],
    ["5 of 50: 10 %", refused(5, 45), "quiet"],
    ["5 of 49: more than 10 %", refused(5, 44), "firing"],
    ["5 of 5: nothing but refused", refused(5, 0), "firing"],
  ])("%s", (_, own, state) => {
    expect(check("rejectionRate", own)).toMatchObject({ state, path: "/rejections" });
  });
});

describe("a rate that fired", () => {
  const rules = {
    errorRate: (bad: number, good: number) =>
      counted({ lastHour: { success: good, error: bad, skipped: 0, from } }),
    rejectionRate: (bad: number, good: number) =>
      counted({ rejectionsLastHour: bad, lastHour: { success: good, error: 0, skipped: 0, from } }),
  };
  const rate = fc.constantFrom<keyof typeof rules>("errorRate", "rejectionRate");
  const hours = fc.array(fc.tuple(fc.nat(40), fc.nat(200)), { minLength: 1, maxLength: 30 });
  const limits = fc.record({
    percent: fc.integer({ min: 1, max: 100 }),
    least: fc.integer({ min: 1, max: 20 }),
  });
  const settings = ({ percent, least }: { percent: number; least: number }): AlertSettings => ({
    ...defaultAlertSettings,
    errorRate: { enabled: true, percent, events: least },
    rejectionRate: { enabled: true, percent, requests: least },
  });
  const stateOf = (rule: keyof typeof rules, own: Partial<Figures>, alerts: AlertSettings, fired: boolean) =>
    findingsOf({ ...organization, alerts }, { ...figures, ...own }, new Set(fired ? [rule] : []))[rule].state;

  it.each([
    ["errorRate", 4, 21, "firing"],
    ["errorRate", 3, 10, "quiet"],
    ["errorRate", 5, 27, "quiet"],
    ["rejectionRate", 4, 46, "firing"],
    ["rejectionRate", 3, 5, "quiet"],
    ["rejectionRate", 5, 58, "quiet"],
  ] as const)("%s of %i bad and %i good is %s", (rule, bad, good, state) => {
    expect(stateOf(rule, rules[rule](bad, good), defaultAlertSettings, true)).toBe(state);
    expect(stateOf(rule, rules[rule](bad, good), defaultAlertSettings, false)).toBe("quiet");
  });

  it("changes its state only when the rate has crossed the whole distance between its limits", () => {
    fc.assert(
      fc.property(rate, hours, limits, (rule, story, { percent, least }) => {
        const alerts = settings({ percent, least });
        let fired = false;
        for (const [bad, good] of story) {
          const before: boolean = fired;
          fired = stateOf(rule, rules[rule](bad, good), alerts, before) === "firing";
          const total = bad + good;
          const reached = bad >= least && bad * 100 >= percent * total;
          const hasLeft = bad * 5 < least * 4 || bad * 500 < percent * 4 * total;
          if (!before && fired) expect(reached).toBe(true);
          if (before && !fired) expect(hasLeft).toBe(true);
          if (hasLeft) expect(fired).toBe(false);
        }
      }),
    );
  });
});

describe("waiting events", () => {
  it.each([
    ["none", null, "quiet"],
    ["just below", 899.9, "quiet"],
    ["a quarter of an hour", 900, "firing"],
  ])("%s", (_, oldestSeconds, state) => {
    expect(check("queueAge", { queue: { oldestSeconds, atMostSeconds: oldestSeconds ?? 0 } }).state).toBe(
      state,
    );
  });

  it.each([
    ["not found, but perhaps behind what was looked at", null, 900, "unknown"],
    ["found, but perhaps older ones behind what was looked at", 5, 900, "unknown"],
    ["found to wait for too long, whatever else there is", 900, 900, "firing"],
    ["found to wait for too long where nothing else is known", 900, null, "firing"],
    ["behind what was looked at for a short time at most", null, 899.9, "quiet"],
  ])("%s", (_, oldestSeconds, atMostSeconds, state) => {
    expect(check("queueAge", { queue: { oldestSeconds, atMostSeconds } }).state).toBe(state);
  });

  it.each([
    [null, 0, "No event is waiting; the rule fires from 15 minutes."],
    [null, 601, "No event has been waiting for longer than 11 minutes; the rule fires from 15 minutes."],
    [5, 120, "No event has been waiting for longer than 2 minutes; the rule fires from 15 minutes."],
    [905, 4_000, "The oldest event has been waiting for 15 minutes; the rule fires from 15 minutes."],
  ])("are told of as far as they are known: %s to %s seconds", (oldestSeconds, atMostSeconds, reason) => {
    expect(check("queueAge", { queue: { oldestSeconds, atMostSeconds } }).reason).toBe(reason);
  });
});

describe("key expiry", () => {
  it.each([
    ["never", [key("a", null)], "quiet"],
    ["in a fortnight and a moment", [key("a", at + 14 * dayMs + 1)], "quiet"],
    ["in a fortnight", [key("a", at + 14 * dayMs), key("b", null)], "firing"],
    ["yesterday", [key("a", at - dayMs)], "firing"],
  ])("%s", (_, keys, state) => {
    expect(check("keyExpiry", {}, { keys })).toMatchObject({ state, path: "/settings/keys" });
  });

  it.each([
    [[1], "expires on 2026-01-06; the"],
    [[1, 2], "expires on 2026-01-06, and 1 more does; the"],
    [[1, 2, 3], "expires on 2026-01-06, and 2 more do; the"],
    [[-1, 2], "expired on 2026-01-04, and 1 more is due; the"],
    [[-1, 2, 3], "expired on 2026-01-04, and 2 more are due; the"],
  ])("counts the keys that end in %j days", (ends, text) => {
    const keys = ends.map((days) => key(`In ${days}`, at + days * dayMs));
    expect(check("keyExpiry", {}, { keys }).reason).toContain(text);
  });

  it("names the key that ends first", () => {
    const keys = [key("Later", at + 3 * dayMs), key("First", at + dayMs)];
    expect(check("keyExpiry", {}, { keys })).toMatchObject({
      headline: "webhook key “First” expires on 2026-01-06",
      inputs: [
        { name: "Key “First”", value: "2026-01-06T08:02:00.000Z" },
        { name: "Key “Later”", value: "2026-01-08T08:02:00.000Z" },
        { name: "Limit", value: "14 days" },
      ],
    });
  });
});

describe("every rule", () => {
  const bad: Figures = {
    at,
    counters: {
      lastEventAt: at - 99 * dayMs,
      silentSince: at - 98 * dayMs,
      lastHour: { success: 0, error: 99, skipped: 0, from },
      rejectionsLastHour: 99,
    },
    queue: { oldestSeconds: 99_999, atMostSeconds: 99_999 },
  };
  const keys = [key("a", at)];
  const statesFor = (of: Partial<Watched>, own: Partial<Figures> = {}) =>
    statesOf(findingsOf({ ...organization, keys, ...of }, { ...bad, ...own }, new Set()));

  it("is off when it is switched off", () => {
    const off = Object.entries(defaultAlertSettings).map(([rule, settings]) => [
      rule,
      { ...settings, enabled: false },
    ]);
    const alerts = Object.fromEntries(off) as AlertSettings;
    expect(new Set(Object.values(statesFor({ alerts })))).toEqual(new Set(["off"]));
  });

  it("that looks at what a pause holds back rests while the organization is paused", () => {
    expect(statesFor({ state: "paused" })).toEqual({
      silence: "quiet",
      errorRate: "quiet",
      rejectionRate: "firing",
      queueAge: "quiet",
      keyExpiry: "firing",
    });
    expect(check("silence", bad, { state: "paused" }).reason).toContain("paused");
  });

  it("whose figures are missing knows nothing, and says which", () => {
    expect(statesFor({}, { counters: null })).toEqual({
      silence: "unknown",
      errorRate: "unknown",
      rejectionRate: "unknown",
      queueAge: "firing",
      keyExpiry: "firing",
    });
    const queue = { oldestSeconds: null, atMostSeconds: null };
    expect(statesFor({}, { queue })).toMatchObject({ silence: "firing", queueAge: "unknown" });
    expect(check("queueAge", { queue }).reason).toContain("The queue did not answer");
    expect(check("silence", { counters: null }).reason).toContain("Storage did not answer");
  });
});
