import { editBook, firedIn, notedIn, readBook, ruleIn, withRule } from "../alerts/book.ts";
import type { Book } from "../alerts/book.ts";
import { teamsMessage } from "../alerts/card.ts";
import { deliveryWrite, readDeliveries } from "../alerts/deliveries.ts";
import type { Figures } from "../alerts/figures.ts";
import { readLastCheck } from "../alerts/lastCheck.ts";
import { lineAlerts } from "../alerts/lineAlerts.ts";
import { createPatience } from "../alerts/patience.ts";
import { presentRules } from "../alerts/presentRules.ts";
import { acknowledged, isMuted, muted } from "../alerts/ruleState.ts";
import { findingsOf, ruleTitles, statesOf } from "../alerts/rules.ts";
import { maxMuteDays } from "../contracts/alerts.ts";
import type { AlertDelivery, AlertOverview, AlertRule } from "../contracts/alerts.ts";
import type { routes } from "../contracts/routes.ts";
import type { Call, Reply } from "../identity/route.ts";
import type { AuditServices } from "../organizations/auditApi.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { dayMs, toInstant, toInstantOrNull } from "../platform/clock.ts";
import { ApiProblem } from "../platform/http/problem.ts";
import { describeError } from "../platform/log.ts";
import { realSleep } from "../platform/sleep.ts";
import type { Table } from "../platform/storage/table.ts";
import { readStatus } from "../sync-log/readStatus.ts";
import { figuresOf } from "./figures.ts";
import { toLine } from "./projection.ts";
import { channelFor } from "./watch.ts";
import type { WatchServices } from "./watch.ts";

export interface AlertApiServices extends AuditServices, WatchServices {
  syncLog: Table;
}

type Routes = typeof routes;

const shownDeliveries = 50;
const maxMuteMs = maxMuteDays * dayMs;
/** Waits in milliseconds between tries at logging a test card: somebody waits for the answer. */
const testPausesMs = [200, 400, 800, 1_600];

/** The rules with the figures of this moment, what is known of them, and the last cards: four storage reads. */
export async function getAlerts(
  services: AlertApiServices,
  { organization }: Call<Routes["getAlerts"]>,
): Promise<Reply<Routes["getAlerts"]>> {
  const [figures, book] = await Promise.all([
    figuresNow(services, organization),
    readBook(services.alerts.table, organization.id),
  ]);
  return { body: await overviewOf(services, organization, figures, book) };
}

/** Someone looks after it. Only what fires can be acknowledged; saying it again changes nothing. */
export async function acknowledgeAlert(
  services: AlertApiServices,
  { organization, caller, params }: Call<Routes["acknowledgeAlert"]>,
): Promise<Reply<Routes["acknowledgeAlert"]>> {
  const { rule } = params;
  const figures = await figuresNow(services, organization);
  let isNew = false;
  const book = await editBook(services.alerts.table, organization.id, (stored) => {
    const now = services.clock();
    // The timer may not have seen yet what the caller sees.
    const noting = notedIn(stored, statesOf(findingsOf(organization, figures, firedIn(stored))), now);
    const { verdict, acknowledged: before } = ruleIn(noting, rule);
    if (verdict !== "firing") throw notFiring(rule);
    isNew = before === null;
    return before ? stored : withRule(noting, rule, (state) => acknowledged(state, caller.name, now));
  });
  if (isNew) {
    await services.audit.record(organization.id, caller, "alert.acknowledged", rule);
    await showOnPlatform(services, book);
  }
  return { body: await overviewOf(services, organization, figures, book) };
}

/** No cards of a rule until a time, or again from now on. */
export async function muteAlert(
  services: AlertApiServices,
  { organization, caller, params, body }: Call<Routes["muteAlert"]>,
): Promise<Reply<Routes["muteAlert"]>> {
  const { rule } = params;
  const until = body.until === null ? null : Date.parse(body.until);
  if (until !== null) requireMutable(until, services.clock());
  const figures = await figuresNow(services, organization);
  let before: number | null = null;
  const book = await editBook(services.alerts.table, organization.id, (stored) => {
    const state = ruleIn(stored, rule);
    // A muting that has run out is nothing that could be ended.
    before = isMuted(state, services.clock()) ? state.mutedUntil : null;
    return before === until ? stored : withRule(stored, rule, () => muted(state, until));
  });
  if (before !== until) {
    await services.audit.record(
      organization.id,
      caller,
      until === null ? "alert.unmuted" : "alert.muted",
      rule,
      [{ field: "mutedUntil", old: toInstantOrNull(before), new: toInstantOrNull(until) }],
    );
    await showOnPlatform(services, book);
  }
  return { body: await overviewOf(services, organization, figures, book) };
}

/** Sends a card now, whatever the rules say, and answers what Teams said, also when that cannot be logged. */
export async function testAlert(
  services: AlertApiServices,
  { organization, caller }: Call<Routes["testAlert"]>,
): Promise<Reply<Routes["testAlert"]>> {
  const { alerts, clock } = services;
  const { address } = channelFor(services, organization);
  if (address === null)
    throw new ApiProblem(
      409,
      "alerts.noChannel",
      "There is no Teams channel",
      "Enter the address of a Teams workflow in the alert settings, or ask the operator to set TEAMS_WEBHOOK_URL.",
    );
  const { id, name } = organization;
  const title = `${name}: test card`;
  const link = { title: "Open alerts", url: `${alerts.portalUrl}/organizations/${id}/settings/alerts` };
  const text = "Alerts of this organization arrive here. Nothing has happened.";
  const facts = [{ title: "Sent by", value: caller.name }];
  const at = toInstant(clock());
  const sending = await alerts.sendMessage(address, teamsMessage([{ title, text, facts, link }], link));
  const delivery: AlertDelivery = {
    ...{ id: alerts.newId(), at, title, rules: [], kind: "test" },
    ...{ result: sending.result, answer: sending.answer, nextTryAt: null },
  };
  await logTest(alerts, id, delivery);
  await services.audit.record(id, caller, "alert.tested", null);
  return { body: delivery };
}

/** Refuses to mute until a time that is past, or so far away that the rule would be forgotten. */
function requireMutable(until: number, now: number): void {
  if (until <= now)
    throw new ApiProblem(400, "mute.past", "The time is past", "Choose a time in the future to mute until.");
  if (until > now + maxMuteMs)
    throw new ApiProblem(
      400,
      "mute.tooLong",
      "The time is too far away",
      `A rule can be muted for at most ${maxMuteDays} days. Switch it off in the alert settings if it is not wanted at all.`,
    );
}

/** Logs a test card. When storage stays away, the platform's log has it: the card was sent all the same. */
async function logTest(
  { table, sleep = realSleep }: WatchServices["alerts"],
  organizationId: string,
  delivery: AlertDelivery,
): Promise<void> {
  const wait = createPatience(sleep, testPausesMs);
  const write = deliveryWrite(organizationId, delivery);
  try {
    for (;;) {
      try {
        await table.submit([write]);
        return;
      } catch (error) {
        await wait(error);
      }
    }
  } catch (error) {
    const what = `The test card ${delivery.id} of ${organizationId} (${delivery.answer}) could not be logged`;
    process.emitWarning(`${what}: ${describeError(error)}`);
  }
}

/** Shows the change on the platform screen at once. What fails here, the next check does. */
async function showOnPlatform({ projection, clock }: WatchServices, book: Book): Promise<void> {
  const { organizationId } = book;
  try {
    await projection.writeAlerts(organizationId, lineAlerts(book, clock()));
  } catch (error) {
    process.emitWarning(
      `The platform line of ${organizationId} waits for the timer: ${describeError(error)}`,
    );
  }
}

async function figuresNow(services: AlertApiServices, organization: StoredOrganization): Promise<Figures> {
  const now = services.clock();
  const [counters, queue] = await Promise.all([
    readStatus(services.syncLog, organization.id, now),
    services.queueAge(organization.id),
  ]);
  const line = toLine(organization.id, now, counters);
  return figuresOf(organization, now, line, queue);
}

async function overviewOf(
  services: AlertApiServices,
  organization: StoredOrganization,
  figures: Figures,
  book: Book,
): Promise<AlertOverview> {
  const { table } = services.alerts;
  const now = services.clock();
  const [deliveries, lastCheckAt] = await Promise.all([
    readDeliveries(table, organization.id, shownDeliveries, now),
    readLastCheck(table),
  ]);
  return {
    alerts: presentRules(findingsOf(organization, figures, firedIn(book)), book, lastCheckAt, now),
    channel: channelFor(services, organization).kind,
    deliveries,
  };
}

function notFiring(rule: AlertRule): ApiProblem {
  return new ApiProblem(
    409,
    "alert.notFiring",
    "The rule does not fire",
    `“${ruleTitles[rule]}” does not fire at the moment, so there is nothing to look after.`,
  );
}
