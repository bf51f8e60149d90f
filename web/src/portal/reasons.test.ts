import { describe, expect, it } from "vitest";
import { countsReason, lastEventReason, waitingReason } from "./reasons.ts";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";

const status: PortalStatus = {
  organizationId: "contoso",
  health: { state: "healthy", rule: "", remedy: null, inputs: [] },
  ...{ lastSuccessAt: null, lastSuccessEventId: null, lastEventAt: "2026-11-21T12:00:00.000Z" },
  silence: { silent: false, since: null, thresholdHours: 24 },
  ...{ periods: [], hourly: [], rejections: [], queue: { oldestSeconds: null } },
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

  it("of waiting events asks for something only when they wait too long", () => {
    expect(waitingReason({ ...status, queue: { oldestSeconds: 20 } }).remedy).toBeNull();
    expect(waitingReason({ ...status, queue: { oldestSeconds: 900 } }).remedy).not.toBeNull();
  });

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
