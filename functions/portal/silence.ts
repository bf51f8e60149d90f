import { announce } from "../alerts/announce.ts";
import type { AnnounceServices } from "../alerts/announce.ts";
import type { AlertState } from "../alerts/alertState.ts";
import type { CardText } from "../alerts/card.ts";
import type { Directory } from "../organizations/directory.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { toInstant } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import { forEachLimited } from "../platform/forEachLimited.ts";
import { describeError } from "../platform/log.ts";
import type { Log } from "../platform/log.ts";
import { silenceOf } from "./health.ts";
import type { Projection } from "./projection.ts";

export interface SilenceServices {
  clock: Clock;
  directory: Directory;
  projection: Projection;
  alerts: AnnounceServices;
  portalUrl: string;
}

/** Organizations looked at side by side: enough to be done within the minute, few enough to leave storage to the events. */
const concurrency = 16;

/**
 * Looks at every organization once: brings its line on the platform screen up to date, and tells Teams when it
 * fell silent or was heard again. A fault of one organization is logged and keeps no other from being looked at.
 */
export async function flagSilence(services: SilenceServices, log: Log): Promise<void> {
  const organizations = await services.directory.all();
  await forEachLimited(organizations, concurrency, async (organization) => {
    try {
      const { lastEventAt } = await services.projection.refresh(organization.id);
      const { silent } = silenceOf({
        now: services.clock(),
        lastEventAt,
        silenceHours: organization.silenceHours,
      });
      await announce(
        services.alerts,
        {
          organizationId: organization.id,
          rule: "silence",
          state: silent ? "firing" : "quiet",
          card: (state) => silenceCard(organization, state, lastEventAt, services),
        },
        log,
      );
    } catch (error) {
      log.error(`Looking at ${organization.id} failed: ${describeError(error)}`);
    }
  });
}

function silenceCard(
  organization: StoredOrganization,
  state: AlertState,
  lastEventAt: number | null,
  { portalUrl, clock }: SilenceServices,
): CardText {
  const lastEvent = lastEventAt === null ? "never" : toInstant(lastEventAt);
  const hours = lastEventAt === null ? 0 : Math.floor((clock() - lastEventAt) / 3_600_000);
  const facts = [
    { title: "Organization", value: organization.name },
    { title: "Last event", value: lastEvent },
    { title: "Threshold", value: `${organization.silenceHours} hours` },
  ];
  const link = { title: "Open sync status", url: `${portalUrl}/organizations/${organization.id}/portal` };
  return state === "firing"
    ? {
        title: `${organization.name}: no event for ${hours} hours`,
        text: "Changes in the Dynamics portal may not be reaching the app. Check that the webhook is enabled in Dynamics and look at its failed system jobs.",
        facts,
        link,
      }
    : {
        title: `${organization.name}: events arrive again`,
        text: "The silence is over: an event has arrived.",
        facts,
        link,
      };
}
