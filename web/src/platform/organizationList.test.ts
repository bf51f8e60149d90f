import { describe, expect, it } from "vitest";
import { alertWords } from "./alertWords.ts";
import { arrange, readList, writeList } from "./organizationList.ts";
import type { PlatformAlert, PlatformOrganization } from "../../../functions/contracts/platform.ts";

const alert: PlatformAlert = {
  ...{ rule: "errorRate", title: "Error rate", state: "firing", since: null },
  ...{ acknowledged: false, mutedUntil: null },
};

function organization(id: string, own: Partial<PlatformOrganization> = {}): PlatformOrganization {
  return {
    ...{ id, name: id.toUpperCase(), lastEventAt: null, lastSuccessAt: null, errorRate: null },
    health: { state: "healthy", rule: "", remedy: null, inputs: [] },
    ...{
      last24h: { success: 0, error: 0, skipped: 0 },
      queue: { oldestSeconds: null, atMostSeconds: 0 },
      alerts: [],
    },
    asOf: "2026-11-21T12:00:00.000Z",
    ...own,
  };
}

describe("the address of the list", () => {
  it.each([
    ["", { find: "", sort: "attention", reverse: false, page: 1 }],
    ["find=con&sort=errors&page=3", { find: "con", sort: "errors", reverse: false, page: 3 }],
    ["sort=-name", { find: "", sort: "name", reverse: true, page: 1 }],
    ["sort=-attention", { find: "", sort: "attention", reverse: true, page: 1 }],
  ] as const)("is read and written: %s", (address, list) => {
    expect(readList(new URLSearchParams(address))).toEqual(list);
    expect(writeList(new URLSearchParams(), list).toString()).toBe(address);
  });

  it("keeps the filter of the event log, and ignores what it cannot read", () => {
    const search = new URLSearchParams("outcome=error&sort=toString&page=-2");
    const list = readList(search);
    expect(list).toEqual({ find: "", sort: "attention", reverse: false, page: 1 });
    expect(writeList(search, { ...list, page: 2 }).toString()).toBe("outcome=error&page=2");
  });
});

describe("the organizations", () => {
  const all = [
    organization("a", { errorRate: 0.1, lastSuccessAt: "2026-11-21T12:00:00.000Z", alerts: null }),
    organization("c", {
      errorRate: 0.5,
      alerts: [alert],
      queue: { oldestSeconds: null, atMostSeconds: null },
    }),
    organization("b", {
      lastSuccessAt: "2026-11-20T12:00:00.000Z",
      queue: { oldestSeconds: 5, atMostSeconds: 900 },
      alerts: [{ ...alert, acknowledged: true }],
    }),
  ];
  const ids = (sort: string, find = "") =>
    arrange(all, readList(new URLSearchParams({ sort, find }))).map(({ id }) => id);

  it.each([
    ["", ["a", "c", "b"]],
    ["-attention", ["b", "c", "a"]],
    ["name", ["a", "b", "c"]],
    ["-name", ["c", "b", "a"]],
    ["alerts", ["c", "b", "a"]],
    ["lastSuccess", ["c", "b", "a"]],
    ["errorRate", ["c", "a", "b"]],
    ["waiting", ["c", "b", "a"]],
  ])("are ordered by %s", (sort, order) => {
    expect(ids(sort)).toEqual(order);
  });

  it("are found by a part of their name or id", () => {
    expect(ids("", " B ")).toEqual(["b"]);
    expect(ids("", "none")).toEqual([]);
  });
});

it.each([
  [alert, "Error rate"],
  [{ ...alert, acknowledged: true }, "Error rate (acknowledged)"],
  [{ ...alert, mutedUntil: "2026-11-21T12:00:00.000Z" }, "Error rate (muted)"],
  [{ ...alert, state: "unknown", acknowledged: true }, "Error rate (cannot be checked, acknowledged)"],
] as const)("an alert says in words how it stands", (given, words) => {
  expect(alertWords(given)).toBe(words);
});
