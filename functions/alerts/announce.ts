import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { fromAlertRow, toAlertRow } from "./alertState.ts";
import type { Alert, AlertState } from "./alertState.ts";
import type { CardText } from "./card.ts";
import type { SendCard } from "./teams.ts";

export interface AnnounceServices {
  table: Table;
  clock: Clock;
  /** Null when no Teams address is set: states are kept, nothing is sent. */
  sendCard: SendCard | null;
}

/** A rule's verdict now, and the card that tells of it. */
export interface Verdict {
  organizationId: string;
  rule: string;
  state: AlertState;
  card: (state: AlertState, since: number) => CardText;
}

/** Longer than a sending can take, so that two processes never send the same card. */
const claimMs = 60_000;
const firstDelayMs = 60_000;
const maxDelayMs = 3_600_000;

/**
 * Keeps the state of one rule and tells Teams of each change once. Every step is guarded by the row's ETag,
 * so that two timers at once make one change and one card; a card that Teams refused is sent later. When
 * its answer was lost, it counts as sent: a card too few is better than the same alarm twice. A change
 * that has gone back before it was told is not told at all.
 */
export async function announce(services: AnnounceServices, verdict: Verdict, log: Log): Promise<void> {
  const { table, clock, sendCard } = services;
  const existing = await table.get(verdict.organizationId, verdict.rule);
  let alert = existing ? fromAlertRow(existing) : newAlert(verdict, clock());

  // A card that is on its way is waited for, so that what Teams was told and what the row says stay the same.
  if (alert.pending && alert.pending.claimedUntil > clock()) return;
  if (alert.state !== verdict.state || !existing) {
    if (!existing && verdict.state === "quiet") return;
    const changed = { ...alert, state: verdict.state, since: existing ? clock() : alert.since };
    const pending = verdict.state === alert.told ? null : { state: verdict.state, tries: 0, notBefore: clock(), claimedUntil: 0 };
    const saved = await save(table, { ...changed, pending });
    if (!saved) return;
    alert = saved;
  }

  const { pending } = alert;
  if (!sendCard || !pending || pending.notBefore > clock()) return;
  const claimed = await save(table, { ...alert, pending: { ...pending, tries: pending.tries + 1, claimedUntil: clock() + claimMs } });
  if (!claimed) return;

  const sending = await sendCard(verdict.card(pending.state, alert.since));
  if (sending.result !== "refused") {
    if (sending.result === "unknown") log.warn(`Whether Teams has the ${alert.rule} card of ${alert.organizationId} is not known.`);
    await save(table, { ...claimed, told: pending.state, pending: null });
    return;
  }
  const delay = Math.max(sending.retryAfterMs ?? 0, Math.min(maxDelayMs, firstDelayMs * 2 ** pending.tries));
  log.warn(`${sending.reason}: the ${alert.rule} card of ${alert.organizationId} is sent again in ${Math.round(delay / 1000)} s.`);
  await save(table, { ...claimed, pending: { ...pending, tries: pending.tries + 1, notBefore: clock() + delay, claimedUntil: 0 } });
}

function newAlert(verdict: Verdict, now: number): Alert {
  const { organizationId, rule } = verdict;
  return { organizationId, rule, state: "quiet", since: now, told: "quiet", pending: null, etag: "" };
}

/** Writes the row if nobody else did; null when somebody was faster, who then goes on. */
async function save(table: Table, alert: Alert): Promise<Alert | null> {
  const { etag, ...content } = alert;
  const row = toAlertRow(content);
  try {
    const [saved = ""] = await table.submit([etag ? { kind: "replace", row, etag } : { kind: "create", row }]);
    return { ...alert, etag: saved };
  } catch (error) {
    if (error instanceof StorageFault && (error.kind === "conflict" || error.kind === "exists")) return null;
    throw error;
  }
}
