import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { fromAlertRow, toAlertRow } from "./alertState.ts";
import type { Alert, AlertState, PendingCard } from "./alertState.ts";
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
/** Times that the end of a sending is written down when storage does not answer: forgetting it means a second card. */
const maxSaves = 3;

/**
 * Keeps the state of one rule and tells Teams of each change once. Every step is guarded by the row's ETag,
 * so that two timers at once make one change and one card; a card that Teams refused is sent later. When
 * its answer was lost, it counts as sent: a card too few is better than the same alarm twice. A change
 * that has gone back before it was told is not told at all. Only a process that dies while it is sending
 * leaves a card that is sent again.
 */
export async function announce(services: AnnounceServices, verdict: Verdict, log: Log): Promise<void> {
  const { table, clock } = services;
  const row = await table.get(verdict.organizationId, verdict.rule);
  const stored = row ? fromAlertRow(row) : newAlert(verdict, clock());
  // A card that is on its way is waited for, so that what Teams was told and what the row says stay the same.
  if (stored.pending && stored.pending.claimedUntil > clock()) return;
  const alert =
    stored.state === verdict.state ? stored : await save(table, changed(stored, verdict.state, clock()));
  if (alert?.pending && alert.pending.notBefore <= clock())
    await tell(services, alert, alert.pending, verdict, log);
}

/** The alert in its new state, with a card to send unless Teams believes that state already. */
function changed(alert: Alert, state: AlertState, now: number): Alert {
  const pending = state === alert.told ? null : { state, tries: 0, notBefore: now, claimedUntil: 0 };
  return { ...alert, state, since: now, pending };
}

async function tell(
  { table, clock, sendCard }: AnnounceServices,
  alert: Alert,
  card: PendingCard,
  verdict: Verdict,
  log: Log,
): Promise<void> {
  if (!sendCard) return;
  const pending = { ...card, tries: card.tries + 1 };
  const claimed = await save(table, { ...alert, pending: { ...pending, claimedUntil: clock() + claimMs } });
  if (!claimed) return;

  const sending = await sendCard(verdict.card(card.state, alert.since));
  const what = `the ${alert.rule} card of ${alert.organizationId}`;
  if (sending.result === "refused") {
    const delay = Math.max(sending.retryAfterMs ?? 0, Math.min(maxDelayMs, firstDelayMs * 2 ** card.tries));
    log.warn(`${sending.reason}: ${what} is sent again in ${Math.round(delay / 1000)} s.`);
    await save(table, { ...claimed, pending: { ...pending, notBefore: clock() + delay, claimedUntil: 0 } });
    return;
  }
  if (sending.result === "unknown") log.warn(`Whether Teams has ${what} is not known; it counts as sent.`);
  await saveSurely(table, { ...claimed, told: card.state, pending: null });
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
    const [saved = ""] = await table.submit([
      etag ? { kind: "replace", row, etag } : { kind: "create", row },
    ]);
    return { ...alert, etag: saved };
  } catch (error) {
    if (error instanceof StorageFault && (error.kind === "conflict" || error.kind === "exists")) return null;
    throw error;
  }
}

/** As {@link save}, and again when it is not known whether it was done: done twice is the same as done once. */
async function saveSurely(table: Table, alert: Alert): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await save(table, alert);
      return;
    } catch (error) {
      const mayHelp = error instanceof StorageFault && error.kind === "ambiguous" && tries < maxSaves;
      if (!mayHelp) throw error;
    }
  }
}
