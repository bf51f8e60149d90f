import type { InvocationContext } from "@azure/functions";
import type { MappingSet } from "../contracts/mapping.ts";
import type { Directory } from "../organizations/directory.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import type { Clock } from "../platform/clock.ts";
import { forEachLimited } from "../platform/forEachLimited.ts";
import { describeError } from "../platform/log.ts";
import type { SendOne } from "../platform/messaging/batchSender.ts";
import type { Sleep } from "../platform/sleep.ts";
import type { Mappings } from "../records/mappingProvider.ts";
import type { RecordStore } from "../records/recordStore.ts";
import type { RecordedEvent, RecordResult } from "../sync-log/recordedEvent.ts";
import type { Recorder } from "../sync-log/recorder.ts";
import { toPayload } from "./content.ts";
import { eventQueues, fromQueueTrigger, toServiceBusMessage } from "./eventMessage.ts";
import type { EventMessage, EventQueue } from "./eventMessage.ts";
import type { OversizeStore } from "./oversize.ts";
import { fullBatch, inPortions } from "./portions.ts";
import type { Pressure } from "./pressure.ts";
import type { Projection } from "./projection.ts";
import { nextAttemptAt, retryMessage } from "./retry.ts";
import type { ReadRow } from "./rowReader.ts";
import { understand, understandRow } from "./understand.ts";
import { touchedRecords } from "./understood.ts";
import type { Understood } from "./understood.ts";
import { isStorageAway, writeRecords } from "./writeRecords.ts";
import type { Result } from "./writeRecords.ts";

export interface ProcessServices {
  clock: Clock;
  random: () => number;
  directory: Directory;
  oversize: OversizeStore;
  mappings: Pick<Mappings, "of">;
  records: RecordStore;
  recorder: Recorder;
  projection: Projection;
  readRow: ReadRow;
  send: (queue: EventQueue) => SendOne;
  retryBaseMs: number;
  pressure: Pick<Pressure, "calm">;
  sleep: Sleep;
  /** How long a batch is held while storage is away, all its tries included, in milliseconds: less than the lock of its messages. */
  patienceMs: number;
}

/** Organizations of one batch that are processed side by side. */
const concurrency = 16;
/** Rows that are read from one environment side by side; Dataverse allows an application 52 requests at once. */
const readsAtOnce = 8;

/** How a batch is processed. */
interface Manner {
  /** Whether rows are read from Dynamics; otherwise the events that need it are passed on. */
  reads: boolean;
  /** Whether an organization's events are worked off in portions with rests. */
  rests: boolean;
}

/**
 * Processes a batch of arrivals, each organization's by itself. A fault of an event is its outcome. Only when
 * outcomes cannot be stored does this throw: the batch comes again, and what was stored is recognized.
 */
export async function processArrivals(
  services: ProcessServices,
  messages: unknown,
  context: InvocationContext,
): Promise<void> {
  await processBatch(services, messages as unknown[], context, { reads: false, rests: false });
}

/** Processes a batch of bursts like {@link processArrivals}, but with rests for as long as it keeps up with what arrives. */
export async function processBulk(
  services: ProcessServices,
  messages: unknown,
  context: InvocationContext,
): Promise<void> {
  const bodies = messages as unknown[];
  await processBatch(services, bodies, context, { reads: false, rests: bodies.length < fullBatch });
}

async function processBatch(
  services: ProcessServices,
  bodies: readonly unknown[],
  context: InvocationContext,
  manner: Manner,
): Promise<void> {
  await services.pressure.calm();
  const properties = context.triggerMetadata?.applicationPropertiesArray as unknown[] | undefined;
  const events = bodies.flatMap((body, index) => readMessage(body, properties?.[index], context));
  await processEvents(services, events, context, manner);
}

/** Processes one event that may have to be read from Dynamics first, or comes as a retry. */
export async function processRead(
  services: ProcessServices,
  message: unknown,
  context: InvocationContext,
): Promise<void> {
  const events = readMessage(message, context.triggerMetadata?.applicationProperties, context);
  await processEvents(services, events, context, { reads: true, rests: false });
}

function readMessage(body: unknown, properties: unknown, context: InvocationContext): EventMessage[] {
  const event = fromQueueTrigger(body, properties);
  if (event) return [event];
  context.error("A message in the queue is none of Portal Sync's and was left out.");
  return [];
}

/** One organization's events of a batch. */
type Group = readonly [organizationId: string, events: readonly EventMessage[]];

/**
 * Processes each organization's events by themselves. While storage is away for all of them, the batch is held
 * and tried again: a message that is given back at once uses up its deliveries within minutes. When it is
 * away for some only, their messages are given back, so that nobody waits for them. A try counts with the time that
 * it takes: none begins that would outlast the patience if it took as long as the one before it.
 */
async function processEvents(
  services: ProcessServices,
  events: readonly EventMessage[],
  context: InvocationContext,
  manner: Manner,
): Promise<void> {
  let groups: Group[] = [...Map.groupBy(events, (event) => event.organizationId)];
  const beganAt = services.clock();
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const triedAt = services.clock();
    const failed = await processGroups(services, groups, context, manner);
    const [first] = failed;
    if (!first) return;
    const allAway = failed.length === groups.length && failed.every(({ error }) => isStorageAway(error));
    const now = services.clock();
    const endOfNext = now + pause + (now - triedAt);
    if (!allAway || endOfNext - beganAt > services.patienceMs) throw first.error;
    await services.sleep(pause);
    groups = failed.map(({ group }) => group);
  }
}

const firstPauseMs = 500;
const longestPauseMs = 5_000;

/** Processes the groups side by side and returns those that could not be stored. */
async function processGroups(
  services: ProcessServices,
  groups: readonly Group[],
  context: InvocationContext,
  manner: Manner,
): Promise<{ group: Group; error: unknown }[]> {
  const failed: { group: Group; error: unknown }[] = [];
  await forEachLimited(groups, concurrency, async (group) => {
    const [organizationId, events] = group;
    try {
      const process = (portion: readonly EventMessage[]) =>
        processGroup(services, organizationId, portion, context, manner);
      await (manner.rests ? inPortions(events, services, process) : process(events));
    } catch (error) {
      const what = `${events.length} events of ${organizationId} could not be stored and come again`;
      context.error(`${what}: ${describeError(error)}`);
      failed.push({ group, error });
    }
  });
  return failed;
}

async function processGroup(
  services: ProcessServices,
  organizationId: string,
  events: readonly EventMessage[],
  context: InvocationContext,
  manner: Manner,
): Promise<void> {
  const organization = await services.directory.find(organizationId);
  const mappings = await services.mappings.of(organizationId);
  const understood = await understandAll(services, events, { organization, mappings }, context);
  const ready = manner.reads
    ? await readRows(services, understood, { organization, mappings }, context)
    : await forwardReads(services, understood);
  await recordAll(
    services,
    organizationId,
    await writeRecords(organizationId, ready, services.records, context),
  );
}

/** What an attempt at an event came to, and what recording it did. */
export interface Processed {
  event: RecordedEvent;
  result: RecordResult;
}

/**
 * Processes events of one organization again, in the order given, reading rows from Dynamics where they need it.
 * A result for which `leaves` holds is not recorded: the event stays as it is and is not in the answer.
 * Throws when outcomes cannot be stored; the call may be repeated with the same events.
 */
export async function processAgain(
  services: ProcessServices,
  organization: StoredOrganization,
  events: readonly EventMessage[],
  context: InvocationContext,
  leaves: (result: Result) => boolean,
): Promise<Processed[]> {
  const mappings = await services.mappings.of(organization.id);
  const understood = await understandAll(services, events, { organization, mappings }, context);
  const ready = await readRows(services, understood, { organization, mappings }, context);
  const results = await writeRecords(organization.id, ready, services.records, context);
  return recordAll(
    services,
    organization.id,
    results.filter((result) => !leaves(result)),
  );
}

/** The organization of a group as this process knows it, and its mappings. */
interface Known {
  organization: StoredOrganization | null;
  mappings: MappingSet;
}

function understandAll(
  services: ProcessServices,
  events: readonly EventMessage[],
  { organization, mappings }: Known,
  context: InvocationContext,
): Promise<Understood[]> {
  const { oversize, clock } = services;
  const reading = { oversize, mappings, now: clock(), paused: organization?.state === "paused" };
  return Promise.all(events.map((event) => understand(event, reading, context)));
}

async function readRows(
  { readRow }: ProcessServices,
  events: readonly Understood[],
  { organization, mappings }: Known,
  context: InvocationContext,
): Promise<Understood[]> {
  const read: Understood[] = [...events];
  await forEachLimited([...events.entries()], readsAtOnce, async ([index, event]) => {
    read[index] = await understandRow(event, organization, { readRow, mappings }, context);
  });
  return read;
}

async function recordAll(
  services: ProcessServices,
  organizationId: string,
  results: readonly Result[],
): Promise<Processed[]> {
  const events = await Promise.all(results.map((result) => toRecord(services, result)));
  const recorded = await services.recorder.record(events);
  services.projection.touch(organizationId);
  return events.map((event, index) => ({ event, result: recorded[index] ?? "duplicate" }));
}

/** Passes on the events whose rows must be read, so that a slow Dynamics holds up nobody here; returns the others. */
async function forwardReads(services: ProcessServices, events: readonly Understood[]): Promise<Understood[]> {
  const send = services.send(eventQueues.reads);
  await Promise.all(
    events.flatMap(({ event, next }) => ("read" in next ? [send(toServiceBusMessage(event))] : [])),
  );
  return events.filter(({ next }) => !("read" in next));
}

/** Makes the log entry of one result, after its next attempt is safely scheduled: an entry never promises one that is not. */
async function toRecord(services: ProcessServices, result: Result): Promise<RecordedEvent> {
  const { understood, outcome, code, message, retryAfterMs, changes, steps } = result;
  const { event, context } = understood;
  const { organizationId, eventId, receivedAt, attempt, kind, eventType } = event;
  const now = services.clock();
  const next = nextAttemptAt({
    code,
    event,
    now,
    retryAfterMs,
    baseMs: services.retryBaseMs,
    random: services.random,
  });
  if (next !== null) await services.send(eventQueues.reads)(retryMessage(event, next, services.retryBaseMs));
  return {
    ...{ organizationId, eventId, receivedAt, attempt, attemptKind: kind },
    ...{ outcome, code, message, changes, steps },
    eventType,
    table: context?.table ?? event.table,
    recordId: context?.recordId ?? event.recordId,
    recordIds: touchedRecords(understood),
    correlationId: context?.correlationId ?? null,
    operationId: context?.operationId ?? null,
    initiatingUserId: context?.initiatingUserId ?? null,
    operationCreatedAt: context?.operationCreatedAt ?? null,
    textRepaired: context?.textRepaired ?? false,
    payload: toPayload(event),
    processedAt: now,
    nextAttemptAt: next,
  };
}
