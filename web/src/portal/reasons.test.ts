import { describe, expect, it } from "vitest";
import { countsReason, lastEventReason, waitingReason } from "./reasons.ts";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";

const status: PortalStatus = {
  organizationId: "contoso",
  health: { state: "healthy", rule: "", remedy: null, inputs: [] },
  ...{ lastSuccessAt: null, lastSuccessEventId: null, lastEventAt: "2026-11-21T12:00:00.000Z" },
  silence: { silent: false, since: null, thresholdHours: 24 },
  ...{ periods: [], hourly: [], rejections: [], queue: { oldestSeconds: null, atMostSeconds: 0 } },
  asOf: "2026-11-21T12:30:00.000Z",
};

describe("the reason behind a figure", () => {
  it("of the last event says when silence begins", () => {
    expect(lastEventReason(status).inputs).toContainEqual({
      name: "Silent from",
      value: "2026-11-22T12:00:00.000Z",
    });
    expect(lastEventReason(status).remedy).toBeNull();
  });

  it("of silence says what ends it", () => {
    const silent = { ...status, silence: { ...status.silence, silent: true } };
    expect(lastEventReason(silent).remedy).toMatch(/change a record/);
  });

  it.each<[string, number | null, number | null, string, RegExp | null]>([
    ["none", null, 0, "none waits", null],
    ["one for a moment", 20, 20, "20 seconds", null],
    ["one for too long", 900, 900, "15 minutes", /by themselves/],
    ["none that was found before the look ended", null, 11.2, "Up to 12 seconds", null],
    ["a new one behind many others", 5, 900, "Up to 15 minutes", /too long to be looked through/],
    ["nobody knows", null, null, "Not known", /did not answer/],
  ])(
    "of waiting events, when %s, says so and what to do",
    (_, oldestSeconds, atMostSeconds, value, remedy) => {
      const reason = waitingReason({ ...status, queue: { oldestSeconds, atMostSeconds } });
      expect(reason.inputs).toContainEqual({ name: "Waiting for", value });
      if (remedy) expect(reason.remedy).toMatch(remedy);
      else expect(reason.remedy).toBeNull();
    },
  );

  it("of counts names the beginning of each period, and what to do about errors", () => {
    const day = {
      period: "24h" as const,
      from: "2026-11-20T13:00:00.000Z",
      success: 4,
      error: 1,
      skipped: 0,
    };
    expect(countsReason([day])).toMatchObject({
      inputs: [{ name: "Last 24 hours: since", value: day.from }],
      remedy: expect.stringMatching(/replay them/) as string,
    });
  });
});
