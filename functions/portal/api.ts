import type { routes } from "../contracts/routes.ts";
import type { Call, Reply, RouteServices } from "../identity/route.ts";
import { recordUrl } from "../dynamics/recordUrl.ts";
import { toInstantOrNull } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import { ApiProblem } from "../platform/http/problem.ts";
import { describeError } from "../platform/log.ts";
import type { LogTables } from "../sync-log/logTables.ts";
import { readEvent } from "../sync-log/readEvent.ts";
import { readEvents } from "../sync-log/readEvents.ts";
import { readRejectionHistory } from "../sync-log/readRejectionHistory.ts";
import { readRejections } from "../sync-log/readRejections.ts";
import { readStatus } from "../sync-log/readStatus.ts";
import { healthOf, silenceOf } from "./health.ts";
import type { ReadQueueAge } from "./queueAge.ts";
import { supersededBy } from "./supersededBy.ts";
import type { SupersededServices } from "./supersededBy.ts";

export interface PortalServices extends RouteServices, LogTables, SupersededServices {
  clock: Clock;
  queueAge: ReadQueueAge;
}

type Routes = typeof routes;

/** The sync status panel: one storage read, and a look at the queue that is shared by all who ask within two seconds. */
export async function getPortalStatus(
  { syncLog, clock, queueAge }: PortalServices,
  { organization }: Call<Routes["getPortalStatus"]>,
): Promise<Reply<Routes["getPortalStatus"]>> {
  const now = clock();
  const { id: organizationId, silenceHours, state } = organization;
  const [counters, queue] = await Promise.all([
    readStatus(syncLog, organizationId, now),
    queueAge(organizationId),
  ]);
  const { rejectionsLastHour: _forAlerts, ...shown } = counters;
  const lastEventAt = counters.lastEventAt === null ? null : Date.parse(counters.lastEventAt);
  const silence = silenceOf({ now, lastEventAt, silenceHours });
  const health = healthOf({
    now,
    state,
    silenceHours,
    lastEventAt,
    last24h: counters.periods.find(({ period }) => period === "24h") ?? { success: 0, error: 0, skipped: 0 },
    rejections24h: counters.rejections.reduce((sum, { count }) => sum + count, 0),
    queue,
  });
  return {
    body: {
      organizationId,
      health,
      ...shown,
      silence: {
        silent: silence.silent,
        since: toInstantOrNull(silence.since),
        thresholdHours: silenceHours,
      },
      queue,
    },
  };
}

export async function listEvents(
  services: PortalServices,
  { params, query }: Call<Routes["listEvents"]>,
): Promise<Reply<Routes["listEvents"]>> {
  return { body: await readEvents(services, params.id, query) };
}

/**
 * One event: two point reads, and two more when it failed for good. What superseded it is a hint: where it cannot be
 * read, the event is shown without it.
 */
export async function getEvent(
  services: PortalServices,
  { params, organization }: Call<Routes["getEvent"]>,
): Promise<Reply<Routes["getEvent"]>> {
  const event = await readEvent(services.syncLog, params.id, params.eventId);
  if (!event) throw noSuchEvent();
  const dynamicsUrl = recordUrl(organization.environmentUrl, event.table, event.recordId);
  const superseded = await supersededBy(services, event).catch((error: unknown) => {
    const what = `What superseded event ${event.eventId} of ${params.id} could not be read`;
    process.emitWarning(`${what}: ${describeError(error)}`);
    return null;
  });
  return { body: { ...event, supersededBy: superseded, dynamicsUrl } };
}

export async function listRejections(
  { syncLog }: PortalServices,
  { params, query }: Call<Routes["listRejections"]>,
): Promise<Reply<Routes["listRejections"]>> {
  return { body: await readRejections(syncLog, params.id, query) };
}

/** Refused requests over time, from the counters: one storage read. */
export async function getRejectionHistory(
  { syncLog, clock }: PortalServices,
  { params, query }: Call<Routes["getRejectionHistory"]>,
): Promise<Reply<Routes["getRejectionHistory"]>> {
  return { body: await readRejectionHistory(syncLog, params.id, query.period, clock()) };
}

/** What is answered when an event is not there. */
export function noSuchEvent(): ApiProblem {
  return new ApiProblem(
    404,
    "event.notFound",
    "No such event",
    "There is no event with this id, or it is no longer kept.",
  );
}
