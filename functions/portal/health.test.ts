import { describe, expect, it } from "vitest";
import { health as contract } from "../contracts/health.ts";
import { healthOf, silenceOf } from "./health.ts";
import type { HealthInputs } from "./health.ts";

const hour = 3_600_000;
const now = Date.UTC(2026, 0, 5, 8);
const well: HealthInputs = {
  now,
  state: "active",
  silenceHours: 24,
  lastEventAt: now - hour,
  last24h: { success: 95, error: 4, skipped: 1 },
  rejections24h: 0,
  queue: { oldestSeconds: null, atMostSeconds: 0 },
};
const stateOf = (changes: Partial<HealthInputs>) => healthOf({ ...well, ...changes }).state;
const failed = (error: number, success: number) => ({ last24h: { success, error, skipped: 0 } });

describe("silence", () => {
  const silence = (hoursAgo: number | null, silenceHours = 24) =>
    silenceOf({ now, lastEventAt: hoursAgo === null ? null : now - hoursAgo * hour, silenceHours });

  it("begins when the threshold has passed since the last event, not at it", () => {
    expect(silence(24)).toEqual({ silent: false, since: null });
    expect(silence(25)).toEqual({ silent: true, since: now - hour });
  });

  it("has a threshold of its own for each organization", () => {
    expect(silence(25, 48).silent).toBe(false);
    expect(silence(2, 1).silent).toBe(true);
  });

  it("needs an event to begin with", () => {
    expect(silence(null)).toEqual({ silent: false, since: null });
  });
});

describe("the verdict", () => {
  it.each<[string, string, Partial<HealthInputs>]>([
    ["healthy", "events arrive and succeed", {}],
    ["healthy", "fewer than 5 % failed", failed(49, 951)],
    ["attention", "5 % failed", failed(5, 95)],
    ["attention", "the only event failed", failed(1, 0)],
    ["healthy", "there were no events since yesterday, but within the threshold", failed(0, 0)],
    ["healthy", "an event waits for a moment", { queue: { oldestSeconds: 299, atMostSeconds: 299 } }],
    ["attention", "an event waits for five minutes", { queue: { oldestSeconds: 300, atMostSeconds: 300 } }],
    ["healthy", "four requests were refused", { rejections24h: 4, ...failed(0, 0) }],
    ["attention", "five requests were refused and nothing else came", { rejections24h: 5, ...failed(0, 0) }],
    ["healthy", "few of many requests were refused", { rejections24h: 11 }],
    ["attention", "10 % of the requests were refused", { rejections24h: 12 }],
    ["silent", "nothing came for longer than the threshold", { lastEventAt: now - 25 * hour }],
    ["neverConnected", "nothing ever came", { lastEventAt: null }],
    ["paused", "an administrator paused it", { state: "paused" }],
  ])("is %s when %s", (state, _, changes) => {
    expect(stateOf(changes)).toBe(state);
  });

  it("names the worst first: pause, never connected, silence, then the rest", () => {
    const trouble = {
      ...failed(50, 50),
      queue: { oldestSeconds: 900, atMostSeconds: 900 },
      rejections24h: 50,
    };
    expect(stateOf({ ...trouble, lastEventAt: now - 25 * hour })).toBe("silent");
    expect(stateOf({ ...trouble, lastEventAt: null })).toBe("neverConnected");
    expect(stateOf({ ...trouble, lastEventAt: null, state: "paused" })).toBe("paused");
    expect(healthOf({ ...well, ...trouble }).rule).toContain("50 of 100 events");
  });

  it.each([
    ["the queue did not answer", null],
    ["older events may stand behind what was looked at", 300],
  ])("does not say that none is waiting for long when %s", (_, atMostSeconds) => {
    const { state, rule } = healthOf({ ...well, queue: { oldestSeconds: null, atMostSeconds } });
    expect(state).toBe("healthy");
    expect(rule).toContain("whether any is waiting for long is not known");
    expect(healthOf(well).rule).toContain("none is waiting for long");
  });

  it.each<[string, Partial<HealthInputs>, string]>([
    ["silence", { lastEventAt: now - 26.5 * hour }, "No event for 26 hours; the threshold is 24 hours."],
    [
      "one hour of silence",
      { lastEventAt: now - 1.5 * hour, silenceHours: 1 },
      "No event for 1 hour; the threshold is 1 hour.",
    ],
    ["failures", failed(8, 72), "8 of 80 events of the last 24 hours failed; 5 % is the limit."],
    [
      "waiting",
      { queue: { oldestSeconds: 600, atMostSeconds: 600 } },
      "The oldest event has been waiting for 10 minutes; 5 minutes is the limit.",
    ],
    [
      "refusals",
      { rejections24h: 100 },
      "100 of 200 requests of the last 24 hours were refused; 10 % is the limit.",
    ],
  ])("can say why: %s", (_, changes, rule) => {
    expect(healthOf({ ...well, ...changes }).rule).toBe(rule);
  });

  it("shows the values that it looked at", () => {
    expect(healthOf({ ...well, lastEventAt: now - 25 * hour }).inputs).toEqual([
      { name: "Last event", value: "2026-01-04T07:00:00.000Z" },
      { name: "Threshold", value: "24 hours" },
      { name: "Silent since", value: "2026-01-05T07:00:00.000Z" },
    ]);
  });

  it.each<Partial<HealthInputs>>([
    {},
    { lastEventAt: null },
    { state: "paused" },
    { lastEventAt: 0 },
    failed(1, 0),
    { queue: { oldestSeconds: 900, atMostSeconds: 900 } },
    { rejections24h: 100 },
  ])("has the shape of the contract, and a remedy unless all is well: %j", (changes) => {
    const verdict = healthOf({ ...well, ...changes });
    expect(contract.safeParse(verdict).success).toBe(true);
    expect(verdict.remedy === null).toBe(verdict.state === "healthy");
  });
});
