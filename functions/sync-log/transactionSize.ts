import { dayMs } from "../platform/clock.ts";
import type { Value, Write } from "../platform/storage/table.ts";
import { isHeld } from "./recordedEvent.ts";
import type { RecordedEvent } from "./recordedEvent.ts";

/** Most rows of one transaction of Table Storage. */
const maxWrites = 100;

/** Most bytes of one transaction: the service allows 4 MiB, the rest is for what this estimate does not see. */
const maxBytes = 3.5 * 1024 * 1024;

const headerBytes = 600;
const propertyBytes = 60;

/** Whether a transaction can be sent as it is. */
export function fits(writes: readonly Write[]): boolean {
  return (
    writes.length <= maxWrites && writes.reduce((bytes, write) => bytes + writeBytes(write), 0) <= maxBytes
  );
}

/**
 * How many of the waiting events to put into one transaction: as many as it will probably hold. Estimated
 * before anything is encoded or read; what turns out too large is halved.
 */
export function transactionShare(waiting: Iterable<RecordedEvent>): number {
  const days = new Set<number>();
  let writes = 1;
  let bytes = 0;
  let count = 0;
  for (const event of waiting) {
    days.add(Math.floor(event.receivedAt / dayMs));
    writes += rowsOf(event);
    bytes += 4 * headerBytes + payloadBytes(event);
    if (writes + days.size > maxWrites || bytes > maxBytes) break;
    count += 1;
  }
  return count;
}

/** Most rows that recording an attempt writes: of a replay the event's own, two of its index and the one that held it. */
function rowsOf(event: RecordedEvent): number {
  const { outcome, attemptKind } = event;
  if (attemptKind === "replay" || isHeld(event)) return 4;
  return outcome === "success" && attemptKind === "delivery" ? 2 : 3;
}

function payloadBytes({ payload }: RecordedEvent): number {
  return payload !== null && "gzip" in payload ? base64Length(payload.gzip) : 0;
}

function writeBytes(write: Write): number {
  return Object.values(write.row).reduce((sum: number, value) => sum + valueBytes(value), headerBytes);
}

/** A character takes at most 3 bytes in UTF-8, or an escape of its own. */
function valueBytes(value: Value): number {
  if (typeof value === "string") return propertyBytes + 3 * value.length;
  return propertyBytes + (value instanceof Uint8Array ? base64Length(value) : 0);
}

function base64Length(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / 3) * 4;
}
