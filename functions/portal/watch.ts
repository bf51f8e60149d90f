import { concurrency } from "../alerts/alertServices.ts";
import type { AlertServices, Checked } from "../alerts/alertServices.ts";
import { announce } from "../alerts/announce.ts";
import { channelOf } from "../alerts/channel.ts";
import type { Channel } from "../alerts/channel.ts";
import { noteCheck } from "../alerts/lastCheck.ts";
import { lineAlerts } from "../alerts/lineAlerts.ts";
import { findingsOf } from "../alerts/rules.ts";
import type { Directory } from "../organizations/directory.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import type { TeamsAddresses } from "../organizations/teamsAddress.ts";
import type { Clock } from "../platform/clock.ts";
import { forEachLimited } from "../platform/forEachLimited.ts";
import { describeError } from "../platform/log.ts";
import type { Log } from "../platform/log.ts";
import { figuresOf } from "./figures.ts";
import type { Projection, ProjectionLine } from "./projection.ts";
import type { ReadQueueAge } from "./queueAge.ts";

export interface WatchServices extends Pick<TeamsAddresses, "teamsAddressOf"> {
  clock: Clock;
  directory: Directory;
  projection: Projection;
  queueAge: ReadQueueAge;
  alerts: AlertServices;
}

/**
 * Checks the rules of every organization once, which also brings its line on the platform screen up to date, and
 * tells Teams of what changed. What cannot be read for an organization is a fault of its rules, and keeps no other
 * from being checked.
 */
export async function watchRules(services: WatchServices, log: Log): Promise<void> {
  const { alerts, clock, projection } = services;
  const organizations = await services.directory.all();
  const checked: Checked[] = [];
  const lines = new Map<string, ProjectionLine>();
  await forEachLimited(organizations, concurrency, async (organization) => {
    const line = await count(services, organization.id, log);
    if (line) lines.set(organization.id, line);
    checked.push(await check(services, organization, line, log));
  });
  await announce(alerts, checked, log, async (organizationId, book) => {
    const line = lines.get(organizationId);
    const known = book && lineAlerts(book, clock());
    try {
      if (line) await projection.write(line, known);
      // The counters on the screen stay as old as they are, but that they cannot be read is an alert.
      else if (known) await projection.writeAlerts(organizationId, known, clock());
    } catch (error) {
      log.error(`The platform line of ${organizationId} could not be written: ${describeError(error)}`);
    }
  });
  await noteCheck(alerts.table, clock());
}

function count({ projection }: WatchServices, id: string, log: Log): Promise<ProjectionLine | null> {
  return projection.count(id).catch((error: unknown) => {
    log.error(`Looking at ${id} failed: ${describeError(error)}`);
    return null;
  });
}

async function check(
  services: WatchServices,
  organization: StoredOrganization,
  line: ProjectionLine | null,
  log: Log,
): Promise<Checked> {
  const queue = await services.queueAge(organization.id);
  const figures = figuresOf(organization, services.clock(), line, queue);
  return {
    organization,
    findings: (fired) => findingsOf(organization, figures, fired),
    address: channelFor(services, organization, log).address,
  };
}

/** Where an organization's cards go. An address of its own that cannot be opened is a fault: the platform's channel then hears of it. */
export function channelFor(
  { teamsAddressOf, alerts }: Pick<WatchServices, "teamsAddressOf" | "alerts">,
  organization: StoredOrganization,
  log: Pick<Log, "error"> = { error: (message) => process.emitWarning(message) },
): Channel {
  try {
    return channelOf(teamsAddressOf(organization), alerts.platformAddress);
  } catch (error) {
    log.error(`The Teams address of ${organization.id} cannot be opened: ${describeError(error)}`);
    return channelOf(null, alerts.platformAddress);
  }
}
