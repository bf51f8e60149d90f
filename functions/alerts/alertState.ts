import type { Row, StoredRow } from "../platform/storage/table.ts";

/** A change of state that Teams is still to be told of. */
export interface PendingCard {
  /** The state that the card speaks of. */
  state: AlertState;
  tries: number;
  /** Not to be sent before this time, in milliseconds since 1970 UTC. */
  notBefore: number;
  /** While a process is sending it, nobody else may: until this time. */
  claimedUntil: number;
}

export type AlertState = "quiet" | "firing";

/** One rule of one organization, in table `Alerts`. Times are milliseconds since 1970 UTC. */
export interface Alert {
  organizationId: string;
  rule: string;
  state: AlertState;
  since: number;
  /** The state that Teams was last told of. */
  told: AlertState;
  pending: PendingCard | null;
  etag: string;
}

export function toAlertRow(alert: Omit<Alert, "etag">): Row {
  const { organizationId, rule, pending, ...rest } = alert;
  return { partitionKey: organizationId, rowKey: rule, ...rest, pending: JSON.stringify(pending) };
}

export function fromAlertRow(row: StoredRow): Alert {
  return {
    organizationId: row.partitionKey,
    rule: row.rowKey,
    state: row.state === "firing" ? "firing" : "quiet",
    since: Number(row.since),
    told: row.told === "firing" ? "firing" : "quiet",
    pending: JSON.parse(String(row.pending ?? "null")) as PendingCard | null,
    etag: row.etag,
  };
}
