import { createHash } from "node:crypto";
import type { AlertOverview } from "../contracts/alerts.ts";
import { hourMs } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import type { StoredRow, Table } from "../platform/storage/table.ts";
import { isOvertaken } from "./book.ts";
import { platformPartition } from "./lastCheck.ts";

/** Where an organization's cards go, and whose channel that is. The address is a secret. */
export type Channel =
  | { kind: Exclude<AlertOverview["channel"], "none">; address: string }
  | { kind: "none"; address: null };

/** The organization's own channel where it has one, else the platform's, else none. */
export function channelOf(own: string | null, platform: string | null): Channel {
  if (own !== null) return { kind: "organization", address: own };
  return platform === null ? { kind: "none", address: null } : { kind: "platform", address: platform };
}

/** A channel that this process alone may send to for now. */
export interface ClaimedChannel {
  rowKey: string;
  /** Refusals in a row until now. */
  tries: number;
  etag: string;
}

/** Longer than a sending can take, so that two processes never send at the same time. */
export const claimMs = 60_000;
const firstDelayMs = 60_000;
const maxDelayMs = hourMs;

/** Milliseconds to leave a channel alone after it refused for the `tries`-th time: 1, 2, 4 … minutes, or as it asks. */
export function delayAfter(tries: number, retryAfterMs: number | null): number {
  return Math.max(retryAfterMs ?? 0, Math.min(maxDelayMs, firstDelayMs * 2 ** (tries - 1)));
}

/** Takes a channel for one sending; null while another process has it, or while it is to be left alone. */
export async function claimChannel(
  table: Table,
  address: string,
  clock: Clock,
): Promise<ClaimedChannel | null> {
  const rowKey = `channel|${createHash("sha256").update(address).digest("hex").slice(0, 32)}`;
  const row = await table.get(platformPartition, rowKey);
  const now = clock();
  if (numberIn(row, "claimedUntil") > now || numberIn(row, "notBefore") > now) return null;
  const tries = numberIn(row, "tries");
  const content = {
    partitionKey: platformPartition,
    rowKey,
    tries,
    notBefore: 0,
    claimedUntil: now + claimMs,
  };
  try {
    const [etag = ""] = await table.submit([
      row ? { kind: "replace", row: content, etag: row.etag } : { kind: "create", row: content },
    ]);
    return { rowKey, tries, etag };
  } catch (error) {
    if (isOvertaken(error)) return null;
    throw error;
  }
}

/** Gives a channel back: how often it refused in a row, and when it may be sent to again. */
export async function releaseChannel(
  table: Table,
  { rowKey, etag }: ClaimedChannel,
  { tries, notBefore }: { tries: number; notBefore: number },
): Promise<void> {
  const row = { partitionKey: platformPartition, rowKey, tries, notBefore, claimedUntil: 0 };
  try {
    await table.submit([{ kind: "replace", row, etag }]);
  } catch (error) {
    if (!isOvertaken(error)) throw error;
  }
}

function numberIn(row: StoredRow | null, name: string): number {
  return Number(row?.[name] ?? 0);
}
