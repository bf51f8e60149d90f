import type { Drained } from "../measure/backlog.ts";
import type { OperationCounts, Per1000 } from "../measure/operations.ts";
import type { ReceiveLevel } from "../measure/receive.ts";
import type { Spread } from "./percentiles.ts";
import { textTable } from "./table.ts";
import { targetTable } from "./targets.ts";
import type { Target } from "./targets.ts";

/** Everything that a run of the benchmark measured. Times in milliseconds. */
export interface BenchFigures {
  machine: string;
  baseline: ReceiveLevel[];
  portal: ReceiveLevel[];
  drainedOne: Drained;
  drainedThree: Drained;
  idle: Spread;
  /** Events a second that "half load" means here. */
  halfRate: number;
  /** Half of the events/s that can be kept up when one organization sends 95 % of them. */
  mixedRate: number;
  half: Spread;
  othersAlone: Spread;
  othersBesideNoisy: Spread;
  operations: OperationCounts;
}

/** The bounds that Portal Sync has to keep. */
export function targetsOf(figures: BenchFigures): Target[] {
  const [portal, baseline] = [figures.portal, figures.baseline].map((levels) => levels.at(-1));
  const { backlog } = figures.operations;
  return [
    {
      what: "accepted webhooks, times the plain receiver (64 connections)",
      value: ratio(portal?.perSecond, baseline?.perSecond),
      bound: "atLeast",
      limit: 1.5,
    },
    {
      what: "p99 of the answer, times the plain receiver's (64 connections)",
      value: ratio(portal?.spread.p99, baseline?.spread.p99),
      bound: "below",
      limit: 1,
    },
    { what: "webhook to visible, idle, p99 (ms)", value: figures.idle.p99, bound: "below", limit: 250 },
    {
      what: "log transactions per 1,000 events",
      value: backlog["SyncLog transaction"] ?? 0,
      bound: "atMost",
      limit: 25,
    },
    {
      what: "record-writing transactions per 1,000 events",
      value: backlog["Records transaction"] ?? 0,
      bound: "atMost",
      limit: 40,
    },
    {
      what: "record reads per 1,000 events",
      value: backlog["Records point read"] ?? 0,
      bound: "atMost",
      limit: 1000,
    },
    {
      what: "other organizations' p99 beside a noisy one, times alone",
      value: ratio(figures.othersBesideNoisy.p99, figures.othersAlone.p99),
      bound: "atMost",
      limit: 1.2,
    },
  ];
}

/** The report: ratios and counts first, they hold on any machine; then the absolute numbers of this one. */
export function benchReport(figures: BenchFigures): string {
  return [
    section("Targets", targetTable(targetsOf(figures))),
    section(
      "Operations per 1,000 events of one organization, counted at the wire",
      operationTable(figures.operations),
    ),
    section(`Absolute numbers of one run (${figures.machine})`, receiveTable(figures)),
    section("Webhook to visible (ms)", latencyTable(figures)),
    section("Processing a full queue", drainTable(figures)),
  ].join("\n\n");
}

function operationTable({ backlog, webhooks }: OperationCounts): string {
  const names = [...new Set([...Object.keys(backlog), ...Object.keys(webhooks)])];
  const cell = (of: Per1000, name: string) => Math.round((of[name] ?? 0) * 10) / 10;
  return textTable([
    ["", "full queue", "webhooks at 64"],
    ...names.map((name) => [name, cell(backlog, name), cell(webhooks, name)]),
  ]);
}

function receiveTable({ portal, baseline }: BenchFigures): string {
  const row = (name: string, level: ReceiveLevel) => [
    `${name}, ${level.connections} connection${level.connections === 1 ? "" : "s"}`,
    level.perSecond,
    level.spread.p50,
    level.spread.p99,
    level.refused,
    level.endToEndPerSecond,
    level.cpuMsPerEvent,
  ];
  return textTable([
    ["", "accepted/s", "p50 ms", "p99 ms", "refused", "end to end/s", "CPU ms/event"],
    ...portal.map((level) => row("Portal Sync", level)),
    ...baseline.map((level) => row("plain receiver", level)),
  ]);
}

function latencyTable({
  idle,
  half,
  halfRate,
  mixedRate,
  othersAlone,
  othersBesideNoisy,
}: BenchFigures): string {
  const row = (name: string, { count, p50, p99, max }: Spread) => [name, count, p50, p99, max];
  return textTable([
    ["", "samples", "p50", "p99", "longest"],
    row("idle, one at a time", idle),
    row(`half load (${Math.round(halfRate)} events/s)`, half),
    row(`two organizations with 5 % of ${Math.round(mixedRate)} events/s, alone`, othersAlone),
    row("the same beside one that sends the other 95 %", othersBesideNoisy),
  ]);
}

function drainTable({ drainedOne, drainedThree }: BenchFigures): string {
  return textTable([
    ["", "events/s", "CPU ms/event"],
    ["one organization", drainedOne.perSecond, drainedOne.cpuMsPerEvent],
    ["three organizations", drainedThree.perSecond, drainedThree.cpuMsPerEvent],
  ]);
}

function section(title: string, body: string): string {
  return `${title}\n${"-".repeat(title.length)}\n${body}`;
}

function ratio(value: number | undefined, to: number | undefined): number {
  return (value ?? Number.NaN) / (to ?? Number.NaN);
}
