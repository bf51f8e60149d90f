import type { OutcomeCounts } from "../contracts/common.ts";
import type { Clock } from "../platform/clock.ts";
import { describeError } from "../platform/log.ts";
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

/**
 * A small copy of every organization's counters in one partition, so that the platform screen costs one read
 * per thousand organizations. It follows each commit within two seconds, and the timer repairs what a crash
 * left behind.
 */
export interface Projection {
  /** Says that an organization's counters changed. Returns at once. */
  touch(organizationId: string): void;
  /** Brings one line up to date now and returns it. Throws `StorageFault`. */
  refresh(organizationId: string): Promise<ProjectionLine>;
  /** All lines as they are stored. */
  list(): Promise<ProjectionLine[]>;
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

  async function refresh(organizationId: string): Promise<ProjectionLine> {
    refreshedAt.set(organizationId, Date.now());
    const now = clock();
    const counters = await readCounters(organizationId, now);
    const line = toLine(organizationId, now, counters);
    await table.submit([{ kind: "upsert", row: toRow(line) }]);
    return line;
  }

  async function refreshLater(organizationId: string, delay: number): Promise<void> {
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay).unref());
    planned.delete(organizationId);
    try {
      await refresh(organizationId);
    } catch (error) {
      onError(`The platform line of ${organizationId} waits for the timer: ${describeError(error)}`);
    }
  }

  return {
    refresh,
    touch(organizationId) {
      if (planned.has(organizationId)) return;
      planned.add(organizationId);
      const age = Date.now() - (refreshedAt.get(organizationId) ?? 0);
      void refreshLater(organizationId, Math.max(0, minIntervalMs - age));
    },
    async list() {
      const lines: ProjectionLine[] = [];
      let continuation: string | null = null;
      do {
        const page = await table.range({
          partitionKey: partition,
          ...(continuation ? { continuation } : {}),
        });
        lines.push(...page.rows.map(fromRow));
        continuation = page.continuation;
      } while (continuation);
      return lines;
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

function toRow({ organizationId, ...line }: ProjectionLine): Row {
  return { partitionKey: partition, rowKey: organizationId, line: JSON.stringify(line) };
}

function fromRow(row: StoredRow): ProjectionLine {
  return {
    organizationId: row.rowKey,
    ...(JSON.parse(String(row.line)) as Omit<ProjectionLine, "organizationId">),
  };
}
