import type { LineAlert } from "../alerts/lineAlerts.ts";
import type { OutcomeCounts } from "../contracts/common.ts";
import type { Clock } from "../platform/clock.ts";
import { describeError } from "../platform/log.ts";
import { readRange } from "../platform/storage/readRange.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Row, StoredRow, Table } from "../platform/storage/table.ts";
import type { StatusCounters } from "../sync-log/readStatus.ts";

/** One organization's line of the platform screen: its counters as they were at `asOf`. Times are milliseconds since 1970 UTC. */
export interface ProjectionLine {
  organizationId: string;
  asOf: number;
  lastEventAt: number | null;
  lastSuccessAt: number | null;
  periods: StatusCounters["periods"];
  last24h: OutcomeCounts;
  rejections24h: number;
  /** Refused in the time of the period "1h". */
  rejections1h: number;
}

/** A line as it is stored: with the alerts, and when the rules were checked for them; null for never. */
export interface StoredLine extends ProjectionLine {
  alerts: LineAlert[];
  checkedAt: number | null;
}

/**
 * A small copy of every organization's counters and alerts in one partition, so that the platform screen costs one read
 * per thousand organizations. It follows each commit within two seconds, and the timer repairs what a crash
 * left behind.
 */
export interface Projection {
  /** Says that an organization's counters changed. Returns at once. */
  touch(organizationId: string): void;
  /** The line that the counters make now; writes nothing. Throws `StorageFault`. */
  count(organizationId: string): Promise<ProjectionLine>;
  /** Writes a line after its rules were checked; without alerts those that are stored stay. Throws `StorageFault`. */
  write(line: ProjectionLine, alerts: LineAlert[] | null): Promise<void>;
  /**
   * Changes the alerts of a line, and when the rules were checked if they were; a line that is not stored yet is left
   * to the timer. Throws `StorageFault`.
   */
  writeAlerts(organizationId: string, alerts: LineAlert[], checkedAt?: number): Promise<void>;
  /** All lines as they are stored. */
  list(): Promise<StoredLine[]>;
}

export interface ProjectionOptions {
  table: Table;
  readCounters: (organizationId: string, now: number) => Promise<StatusCounters>;
  clock: Clock;
  /** Told of a refresh that failed in the background. */
  onError: (message: string) => void;
}

const partition = "organization";
/** One refresh of a busy organization serves all its commits of this time. */
const minIntervalMs = 2_000;

export function createProjection({ table, readCounters, clock, onError }: ProjectionOptions): Projection {
  const refreshedAt = new Map<string, number>();
  const planned = new Set<string>();

  async function count(organizationId: string): Promise<ProjectionLine> {
    refreshedAt.set(organizationId, Date.now());
    const now = clock();
    return toLine(organizationId, now, await readCounters(organizationId, now));
  }

  async function write(line: ProjectionLine, alerts: LineAlert[] | null): Promise<void> {
    const { organizationId, ...counted } = line;
    const row = { ...keyOf(organizationId), line: JSON.stringify(counted) };
    const checked = alerts && { alerts: JSON.stringify(alerts), checkedAt: line.asOf };
    // Whoever only counted leaves the alerts as they are.
    await table.submit([{ kind: "upsertMerge", row: { ...row, ...checked } }]);
  }

  async function refreshLater(organizationId: string, delay: number): Promise<void> {
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay).unref());
    planned.delete(organizationId);
    try {
      await write(await count(organizationId), null);
    } catch (error) {
      onError(`The platform line of ${organizationId} waits for the timer: ${describeError(error)}`);
    }
  }

  return {
    count,
    write,
    async writeAlerts(organizationId, alerts, checkedAt) {
      const checked = checkedAt === undefined ? {} : { checkedAt };
      const row = { ...keyOf(organizationId), alerts: JSON.stringify(alerts), ...checked };
      try {
        await table.submit([{ kind: "merge", row, etag: "*" }]);
      } catch (error) {
        if (!(error instanceof StorageFault && error.kind === "conflict")) throw error;
      }
    },
    touch(organizationId) {
      if (planned.has(organizationId)) return;
      planned.add(organizationId);
      const age = Date.now() - (refreshedAt.get(organizationId) ?? 0);
      void refreshLater(organizationId, Math.max(0, minIntervalMs - age));
    },
    async list() {
      return (await readRange(table, { partitionKey: partition })).map(fromRow);
    },
  };
}

/** The line that these counters make. */
export function toLine(organizationId: string, asOf: number, counters: StatusCounters): ProjectionLine {
  const {
    success = 0,
    error = 0,
    skipped = 0,
  } = counters.periods.find(({ period }) => period === "24h") ?? {};
  return {
    organizationId,
    asOf,
    lastEventAt: toMs(counters.lastEventAt),
    lastSuccessAt: toMs(counters.lastSuccessAt),
    periods: counters.periods,
    last24h: { success, error, skipped },
    rejections24h: counters.rejections.reduce((sum, { count }) => sum + count, 0),
    rejections1h: counters.rejectionsLastHour,
  };
}

function toMs(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}

function keyOf(organizationId: string): Row {
  return { partitionKey: partition, rowKey: organizationId };
}

function fromRow({ rowKey, line, alerts, checkedAt }: StoredRow): StoredLine {
  return {
    organizationId: rowKey,
    ...(JSON.parse(String(line)) as Omit<ProjectionLine, "organizationId">),
    alerts: JSON.parse(String(alerts ?? "[]")) as LineAlert[],
    checkedAt: checkedAt == null ? null : Number(checkedAt),
  };
}
