import { describe, expect, it } from "vitest";
import {
  apiFilter,
  apiQuery,
  hourFilter,
  isFiltered,
  noFilter,
  readFilter,
  writeFilter,
} from "./eventFilter.ts";
import type { EventFilter } from "./eventFilter.ts";

const full: EventFilter = {
  outcome: "error",
  code: "mapping.valueInvalid",
  type: "contact.Update",
  recordId: "42",
  search: "Åsa & co",
  time: { from: Date.UTC(2026, 10, 21, 9), to: Date.UTC(2026, 10, 21, 10) },
  organizationId: "nordic",
};

describe("the filter in the address", () => {
  it("comes back as it was written", () => {
    const address = writeFilter(new URLSearchParams(), full).toString();
    expect(readFilter(new URLSearchParams(address))).toEqual(full);
    const rolling: EventFilter = { ...noFilter, time: { period: "7d" } };
    expect(readFilter(writeFilter(new URLSearchParams(), rolling))).toEqual(rolling);
  });

  it("leaves the rest of the address alone and removes what no longer applies", () => {
    const before = new URLSearchParams("event=abc&outcome=error&time=24h&theme=x");
    expect(writeFilter(before, noFilter).toString()).toBe("event=abc&theme=x");
  });

  it("ignores values that mean nothing", () => {
    const nonsense = new URLSearchParams("outcome=great&code=no.such&time=2y&from=yesterday");
    expect(readFilter(nonsense)).toEqual(noFilter);
    expect(isFiltered(readFilter(nonsense))).toBe(false);
  });

  it("keeps a range that is open at one end", () => {
    expect(readFilter(new URLSearchParams("from=2026-11-21T09:00:00.000Z")).time).toEqual({
      from: Date.UTC(2026, 10, 21, 9),
      to: null,
    });
  });
});

it("shows every event of an hour, whatever the log was narrowed to before", () => {
  expect(hourFilter("2026-11-21T09:00:00.000Z")).toEqual({ ...noFilter, time: full.time });
});

describe("apiQuery", () => {
  it("asks for a period from where its counting begins", () => {
    const now = Date.UTC(2026, 10, 21, 12, 34, 56);
    const from = (period: "1h" | "24h") => apiQuery({ ...noFilter, time: { period } }, now)["from"];
    expect(from("1h")).toBe("2026-11-21T11:30:00.000Z");
    expect(from("24h")).toBe("2026-11-20T13:00:00.000Z");
  });

  it("passes a fixed range and every other condition on", () => {
    expect(apiQuery(full, 0)).toEqual({
      outcome: "error",
      code: "mapping.valueInvalid",
      type: "contact.Update",
      recordId: "42",
      q: "Åsa & co",
      organizationId: "nordic",
      from: "2026-11-21T09:00:00.000Z",
      to: "2026-11-21T10:00:00.000Z",
    });
  });
});

it("names in the body of a replay only what narrows, and never the organization", () => {
  expect(apiFilter({ ...noFilter, outcome: "error", organizationId: "nordic" }, 0)).toEqual({
    outcome: "error",
  });
});
