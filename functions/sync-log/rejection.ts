import type { RejectionReason } from "../contracts/rejections.ts";
import { rejectionAdvice } from "../contracts/rejections.ts";
import { toInstant } from "../platform/clock.ts";
import type { Row, StoredRow } from "../platform/storage/table.ts";
import { clip } from "./clip.ts";
import { noOrganization, parsePosition, positionIn, rejectionKey } from "./keys.ts";
import { text } from "./storedEvent.ts";

/** A request that was refused and never became an event. Nothing in it may identify the sender or hold a secret. */
export interface Rejection {
  /** Whose address was called; null when it names no organization of the platform. */
  organizationId: string | null;
  reason: RejectionReason;
  /** Milliseconds since 1970 UTC. */
  at: number;
  contentType: string | null;
  bytes: number;
}

/** A rejection as the list shows it. Times are ISO 8601. */
export interface RejectionEntry {
  id: string;
  at: string;
  reason: RejectionReason;
  contentType: string | null;
  bytes: number;
}

/** Every reason, in the order of the contract. */
export const rejectionReasons = Object.keys(rejectionAdvice) as RejectionReason[];

/** Columns of a rejection row. */
export const rejectionColumns: readonly string[] = ["reason", "contentType", "bytes"];

const maxContentType = 200;

/** Partition of an organization's rejections; null for those that name none. */
export function rejectionPartition(organizationId: string | null): string {
  return organizationId ?? noOrganization;
}

/** The row of a rejection whose detail is kept. */
export function toRejectionRow(rejection: Rejection, id: string): Row {
  const { organizationId, reason, at, contentType, bytes } = rejection;
  return {
    partitionKey: rejectionPartition(organizationId),
    rowKey: rejectionKey(at, id),
    reason,
    bytes,
    ...(contentType ? { contentType: clip(contentType, maxContentType) } : {}),
  };
}

/** Back from {@link toRejectionRow}. */
export function toRejectionEntry(row: StoredRow): RejectionEntry {
  const { receivedAt, eventId } = parsePosition(positionIn(row.rowKey));
  return {
    id: eventId,
    at: toInstant(receivedAt),
    reason: row["reason"] as RejectionReason,
    contentType: text(row, "contentType"),
    bytes: Number(row["bytes"] ?? 0),
  };
}
