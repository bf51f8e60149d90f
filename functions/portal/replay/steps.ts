import type { InvocationContext } from "@azure/functions";
import type { EventSummary } from "../../contracts/portal.ts";
import type { OutcomeCounts } from "../../contracts/common.ts";
import type { StoredOrganization } from "../../organizations/storedOrganization.ts";
import { readHeld } from "../../sync-log/readHeld.ts";
import { indexAgain } from "../../sync-log/recordIndex.ts";
import { processAgain } from "../process.ts";
import { orderOf } from "./replayRows.ts";
import type { StoredItem, StoredReplay } from "./replayRows.ts";
import { pageSize } from "./replayServices.ts";
import type { ReplayServices } from "./replayServices.ts";
import type { Step } from "./replayStore.ts";
import { readHeldPage, readSelected } from "./selection.ts";
import { readStoredEvents, versionOf } from "./storedEvents.ts";
import type { StoredEvent } from "./storedEvents.ts";
import { whyLeft } from "./whyLeft.ts";

/** Passes of one resumption. What is held after the last one is left to the next resumption. */
const mostPasses = 20;

/**
 * One step of a replay: collects a page of its selection, or runs a page of what it collected. What it did is in the
 * answer and is not stored yet. Repeating a step that was not stored comes to the same: an attempt has its number
 * from the time of collecting, and is made once.
 */
export async function takeStep(
  services: ReplayServices,
  replay: StoredReplay,
  organization: StoredOrganization,
  context: InvocationContext,
): Promise<Step> {
  return replay.state === "collecting"
    ? collect(services, replay, context)
    : run(services, replay, organization, context);
}

async function collect(
  services: ReplayServices,
  replay: StoredReplay,
  context: InvocationContext,
): Promise<Step> {
  const { organizationId, selection, cursor } = replay;
  const page = { limit: pageSize, cursor };
  const { items: events, next } =
    replay.kind === "resume"
      ? await readHeldPage(services, organizationId, page)
      : await readSelected(services, organizationId, selection, { ...page, before: replay.startedAt + 1 });
  const items =
    replay.kind === "resume"
      ? events.map((event) => inOrderOfArrival(event, replay.pass))
      : await inOrderOfVersion(services, replay, events, context);
  const progress = { cursor: next, total: replay.total + items.length };
  return { progress: next === null ? { ...progress, state: "running" } : progress, items };
}

function inOrderOfArrival(event: EventSummary, pass: number): StoredItem {
  const receivedAt = Date.parse(event.receivedAt);
  return toItem(event, { pass, time: receivedAt, rowVersion: null });
}

/** The older version first, so that each event is compared with the record as it was before it. */
async function inOrderOfVersion(
  services: ReplayServices,
  { organizationId, pass }: StoredReplay,
  events: readonly EventSummary[],
  context: InvocationContext,
): Promise<StoredItem[]> {
  const places = events.map(({ eventId, receivedAt }) => ({ eventId, receivedAt: Date.parse(receivedAt) }));
  const stored = await readStoredEvents(services.syncLog, organizationId, places);
  const mappings = await services.mappings.of(organizationId);
  const reading = { oversize: services.oversize, mappings, now: services.clock() };
  const kept = stored.filter((event) => event !== null);
  return Promise.all(
    kept.map(async (event) => toItem(event.detail, { pass, ...(await versionOf(event, reading, context)) })),
  );
}

function toItem(
  event: EventSummary,
  place: { pass: number; time: number; rowVersion: number | null },
): StoredItem {
  const { eventId, eventType, recordId, attempts, outcome: before } = event;
  const receivedAt = Date.parse(event.receivedAt);
  return {
    order: orderOf({ ...place, receivedAt, eventId }),
    ...{ eventId, receivedAt, eventType, recordId, before },
    attempt: attempts + 1,
    after: null,
    code: null,
    message: null,
    at: receivedAt,
  };
}

async function run(
  services: ReplayServices,
  replay: StoredReplay,
  organization: StoredOrganization,
  context: InvocationContext,
): Promise<Step> {
  const { replays, syncLog, clock } = services;
  const items = await replays.items(replay, { cursor: replay.ran, limit: pageSize });
  const last = items.at(-1);
  if (!last) return end(services, replay);
  const ended = await runItems(services, organization, items, context);
  const others = items.filter(({ eventId }) => !ended.has(eventId));
  const stored = await readStoredEvents(syncLog, replay.organizationId, others);
  for (const [index, item] of others.entries())
    ended.set(item.eventId, asItStands(stored[index] ?? null, item));
  const outcomes: OutcomeCounts = { ...replay.outcomes };
  const done = items.map((item): StoredItem => {
    const after = ended.get(item.eventId) ?? asItStands(null, item);
    outcomes[after.after] += 1;
    return { ...item, ...after, at: clock() };
  });
  return { progress: { ran: last.order, done: replay.done + items.length, outcomes }, items: done };
}

type Ended = Pick<StoredItem, "code" | "message"> & { after: StoredItem["before"] };

/** Runs those events that nobody ran since they were collected. Returns what the log alone does not tell, by event. */
async function runItems(
  services: ReplayServices,
  organization: StoredOrganization,
  items: readonly StoredItem[],
  context: InvocationContext,
): Promise<Map<string, Ended>> {
  const ended = new Map<string, Ended>();
  const waiting: StoredEvent[] = [];
  const recorded: string[] = [];
  const stored = await readStoredEvents(services.syncLog, organization.id, items);
  for (const [index, event] of stored.entries()) {
    const item = items[index];
    if (!event || !item) continue;
    if (event.detail.attempts >= item.attempt) recorded.push(item.eventId);
    if (event.message.attempt === item.attempt) waiting.push(event);
  }
  // Whoever made these attempts may have ended before the index of records had them, and no message tells of them again.
  await indexAgain(services, organization.id, recorded);
  const before = new Map(waiting.map(({ detail }) => [detail.eventId, detail]));
  const messages = waiting.map(({ message }) => message);
  const processed = await processAgain(services, organization, messages, context, (result) => {
    const { eventId } = result.understood.event;
    const stood = before.get(eventId);
    if (!stood) return false;
    const message = whyLeft(stood, result);
    if (message === null) return false;
    ended.set(eventId, { after: stood.outcome, code: stood.code, message });
    return true;
  });
  for (const { event, result } of processed) {
    const { eventId, outcome: after, code, message } = event;
    // Of an attempt that was known already only the log knows what it came to.
    if (result === "advanced") ended.set(eventId, { after, code, message });
  }
  return ended;
}

function asItStands(stored: StoredEvent | null, item: StoredItem): Ended {
  if (!stored) return { after: item.before, code: null, message: "The event is no longer kept." };
  const { outcome: after, code, message } = stored.detail;
  return { after, code, message };
}

/** A resumption looks again for what was held meanwhile by a process that did not know of it yet. */
async function end({ syncLog, clock }: ReplayServices, replay: StoredReplay): Promise<Step> {
  if (replay.kind === "resume" && replay.pass < mostPasses) {
    const { items } = await readHeld(syncLog, replay.organizationId, { limit: 1 });
    if (items.length > 0)
      return { progress: { state: "collecting", pass: replay.pass + 1, cursor: null }, items: [] };
  }
  return { progress: { state: "done", endedAt: clock() }, items: [] };
}
