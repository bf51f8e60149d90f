import { expect, test } from "vitest";
import { benchReport, targetsOf } from "./benchReport.ts";
import type { BenchFigures } from "./benchReport.ts";
import { isMet } from "./targets.ts";

const spread = (p99: number) => ({ count: 200, p50: p99 / 2, p99, max: p99 * 2 });
const level = (connections: number, perSecond: number, p99: number) => ({
  connections,
  perSecond,
  spread: spread(p99),
  refused: 0,
  endToEndPerSecond: perSecond / 2,
  cpuMsPerEvent: 1,
});

const figures: BenchFigures = {
  machine: "2 × a processor",
  baseline: [level(1, 200, 10), level(64, 400, 200)],
  portal: [level(1, 300, 5), level(64, 800, 100)],
  drainedOne: { perSecond: 700, cpuMsPerEvent: 1.2 },
  drainedThree: { perSecond: 600, cpuMsPerEvent: 1.3 },
  idle: spread(40),
  halfRate: 150,
  mixedRate: 120,
  half: spread(80),
  othersAlone: spread(50),
  othersBesideNoisy: spread(75),
  operations: {
    backlog: { "SyncLog transaction": 22, "Records transaction": 41, "Records point read": 1000 },
    webhooks: { "SyncLog transaction": 40, "Alerts query": 1 },
  },
};

test("targets compare the level with the most connections and the full queue", () => {
  const verdicts = targetsOf(figures).map((target) => [target.value, isMet(target)]);
  expect(verdicts).toEqual([
    [2, true],
    [0.5, true],
    [40, true],
    [22, true],
    [41, false],
    [1000, true],
    [1.5, false],
  ]);
});

test("targets and operation counts come before the absolute numbers, which name the machine", () => {
  const report = benchReport(figures);
  const order = ["Targets", "Operations per 1,000 events", "Absolute numbers of one run (2 × a processor)"];
  const places = order.map((title) => report.indexOf(title));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(report).toMatch(/Alerts query +0 +1$/m);
});
