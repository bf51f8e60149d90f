import { alertRule } from "../contracts/alerts.ts";
import type { AlertDelivery, AlertRule } from "../contracts/alerts.ts";
import { toInstant, toInstantOrNull } from "../platform/clock.ts";
import { forEachLimited } from "../platform/forEachLimited.ts";
import { describeError } from "../platform/log.ts";
import type { Log } from "../platform/log.ts";
import { realSleep } from "../platform/sleep.ts";
import { concurrency } from "./alertServices.ts";
import type { AlertServices, Due } from "./alertServices.ts";
import { bookWrite, isOvertaken, readBook, ruleIn, saveBook, tellingOf, withRule } from "./book.ts";
import type { Book, Claim } from "./book.ts";
import { clip, sharedTitle, teamsMessage } from "./card.ts";
import type { CardText } from "./card.ts";
import { changeCard } from "./changeCard.ts";
import { claimChannel, claimMs, delayAfter, releaseChannel } from "./channel.ts";
import { deliveryWrite } from "./deliveries.ts";
import { createPatience } from "./patience.ts";
import { told } from "./ruleState.ts";
import type { ToldState } from "./ruleState.ts";
import { sendTimeoutMs } from "./teams.ts";

/** What this process alone may tell about one organization now. */
interface Claimed {
  due: Due;
  claim: Claim;
  /** As it was saved with the claim. */
  book: Book;
  changes: { rule: AlertRule; to: ToldState; card: CardText }[];
}

/** A person's change meets the end of a sending at most now and then. */
const maxOvertaken = 6;
const maxTitleBytes = 300;

/** Tells one channel, in one card, what these organizations have to tell. */
export async function tell(
  services: AlertServices,
  address: string,
  group: readonly Due[],
  log: Log,
): Promise<void> {
  const { table, clock, portalUrl } = services;
  const channel = await claimChannel(table, address, clock);
  if (!channel) return;
  const claimed: Claimed[] = [];
  await forEachLimited(group, concurrency, async (due) => {
    try {
      const one = await claimOne(services, due);
      if (one) claimed.push(one);
    } catch (error) {
      log.error(`Taking the alerts of ${due.organization.id} failed: ${describeError(error)}`);
    }
  });
  if (claimed.length === 0) return releaseChannel(table, channel, { tries: channel.tries, notBefore: 0 });
  // Whoever was held up for so long that the claims may end under the sending leaves it to the next check.
  const until = Math.min(...claimed.map(({ claim }) => claim.until));
  if (clock() + sendTimeoutMs >= until) return;

  const cards = claimed.flatMap(({ changes }) => changes.map(({ card }) => card));
  const overview = { title: "Open Portal Sync", url: portalUrl };
  const sentAt = clock();
  const sending = await services.sendMessage(address, teamsMessage(cards, overview));
  const what = `the card “${clip(titleOf(cards), maxTitleBytes)}”`;
  const tries = sending.result === "refused" ? channel.tries + 1 : 0;
  let notBefore = 0;
  if (sending.result === "refused") {
    const delay = delayAfter(tries, sending.retryAfterMs);
    notBefore = clock() + delay;
    log.warn(`${sending.answer}: ${what} is sent again in ${Math.round(delay / 1000)} s.`);
  }
  if (sending.result === "unknown") log.warn(`Whether Teams has ${what} is not known; it counts as sent.`);

  await forEachLimited(claimed, concurrency, async (one) => {
    try {
      await settle(services, one, {
        id: one.claim.id,
        at: toInstant(sentAt),
        title: clip(titleOf(one.changes.map(({ card }) => card)), maxTitleBytes),
        rules: one.changes.map(({ rule }) => rule),
        kind: kindOf(one.changes),
        result: sending.result,
        answer: sending.answer,
        nextTryAt: toInstantOrNull(notBefore || null),
      });
    } catch (error) {
      log.error(
        `Noting what Teams was told about ${one.due.organization.id} failed: ${describeError(error)}`,
      );
    }
  });
  await releaseChannel(table, channel, { tries, notBefore });
}

/** Takes what an organization has to tell; null when somebody else was faster. */
async function claimOne(
  { table, clock, newId, portalUrl }: AlertServices,
  due: Due,
): Promise<Claimed | null> {
  const now = clock();
  const { book, organization, findings } = due;
  const claim: Claim = { id: newId(), until: now + claimMs, states: tellingOf(book, now) };
  const saved = await saveBook(table, { ...book, claim });
  if (!saved) return null;
  const changes = alertRule.options.flatMap((rule) => {
    const to = claim.states[rule];
    if (to === undefined) return [];
    const change = { organization, rule, from: ruleIn(book, rule).told, to, finding: findings[rule] };
    return [{ rule, to, card: changeCard(change, portalUrl) }];
  });
  return { due, claim, book: saved, changes };
}

/**
 * Writes down the end of a sending, in one transaction with its line of the log: again, with pauses, when it is not
 * known whether that was done, and on what others wrote meanwhile. Done twice is the same as done once; forgotten
 * means a second card.
 */
async function settle(
  { table, clock, sleep = realSleep }: AlertServices,
  { claim, book }: Claimed,
  delivery: AlertDelivery,
): Promise<void> {
  const { organizationId } = book;
  const wait = createPatience(sleep);
  let current: Book | null = book;
  for (let overtaken = 0; ;) {
    try {
      current ??= await readBook(table, organizationId);
      if (current.claim?.id !== claim.id) return;
      await table.submit([
        bookWrite(settled(current, claim, delivery.result)),
        deliveryWrite(organizationId, delivery),
      ]);
      return;
    } catch (error) {
      // After the claim's end somebody else may send: then there is nothing left to wait for.
      if (clock() >= claim.until || (isOvertaken(error) && ++overtaken === maxOvertaken)) throw error;
      if (!isOvertaken(error)) await wait(error);
      current = null;
    }
  }
}

/** The book without the claim; what Teams has, or may have, counts as told. */
function settled(book: Book, { states }: Claim, result: AlertDelivery["result"]): Book {
  const given: Book = { ...book, claim: null };
  if (result === "refused") return given;
  return alertRule.options.reduce((telling, rule) => {
    const state = states[rule];
    return state === undefined ? telling : withRule(telling, rule, (one) => told(one, state));
  }, given);
}

function titleOf(cards: readonly CardText[]): string {
  const [only] = cards;
  return only && cards.length === 1 ? only.title : sharedTitle(cards);
}

/** What a card is about: the worst of what it tells. */
function kindOf(changes: Claimed["changes"]): AlertDelivery["kind"] {
  if (changes.some(({ to }) => to === "firing")) return "firing";
  return changes.some(({ to }) => to === "unknown") ? "unknown" : "recovered";
}
