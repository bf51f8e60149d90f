import { TableClient } from "@azure/data-tables";
import { eventPrefix, parsePosition, positionIn } from "../../functions/sync-log/keys.ts";

/** An event row, as far as the soak looks at it. */
export interface StoredEvent {
  eventId: string;
  outcome: string;
  receivedAt: number;
  rowKey: string;
}

/** Everything that the sync log holds of one organization, read row by row and not through the product's own reads. */
export interface StoredLog {
  events: StoredEvent[];
  /** Event id → the row key that its identity row names. */
  identities: Map<string, string>;
  /** Row keys of the index rows. */
  index: Set<string>;
  /** Counter name, such as `79739079|success07` (inverted day, outcome, hour), → sum over the shards. */
  counters: Map<string, number>;
}

interface LogRow {
  rowKey: string;
  outcome?: string;
  eventKey?: string;
  [column: string]: unknown;
}

/** Reads the whole log of an organization. */
export async function readStoredLog(storage: string, organizationId: string): Promise<StoredLog> {
  const table = TableClient.fromConnectionString(storage, "SyncLog", { allowInsecureConnection: true });
  const log: StoredLog = { events: [], identities: new Map(), index: new Set(), counters: new Map() };
  const of = `PartitionKey eq '${organizationId}'`;
  const lists = {
    select: ["RowKey", "outcome", "eventKey"],
    filter: `${of} and (RowKey lt 'd|' or RowKey ge 'e')`,
  };
  for await (const row of table.listEntities<LogRow>({ queryOptions: lists })) addRow(log, row);
  const days = { filter: `${of} and RowKey ge 'd|1' and RowKey lt 'd}'` };
  for await (const row of table.listEntities<LogRow>({ queryOptions: days })) addCounters(log.counters, row);
  return log;
}

function addRow(log: StoredLog, { rowKey, outcome, eventKey }: LogRow): void {
  if (rowKey.startsWith(eventPrefix)) {
    log.events.push({ ...parsePosition(positionIn(rowKey)), outcome: String(outcome), rowKey });
  } else if (rowKey.startsWith("i|")) log.identities.set(rowKey.slice(2), String(eventKey));
  else if (rowKey.startsWith("x|")) log.index.add(rowKey);
}

/** Keys are `d|day|sNN`; the rows `rNN` count rejections, of which a soak has none. */
function addCounters(counters: Map<string, number>, row: LogRow): void {
  const [, day, shard = ""] = row.rowKey.split("|");
  if (!shard.startsWith("s")) return;
  for (const [column, value] of Object.entries(row)) {
    if (!/^(success|error|skipped)\d\d$/.test(column)) continue;
    const name = `${day}|${column}`;
    counters.set(name, (counters.get(name) ?? 0) + Number(value));
  }
}
