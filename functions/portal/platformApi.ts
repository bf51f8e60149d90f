import { maxCheckAgeMs } from "../alerts/lastCheck.ts";
import { ruleTitles } from "../alerts/rules.ts";
import type { OutcomeCounts } from "../contracts/common.ts";
import { healthState } from "../contracts/health.ts";
import type { PlatformAlert, PlatformOrganization } from "../contracts/platform.ts";
import type { Period, QueueAge } from "../contracts/portal.ts";
import type { routes } from "../contracts/routes.ts";
import type { Call, Reply } from "../identity/route.ts";
import { requireOrganization } from "../identity/caller.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { toInstant, toInstantOrNull } from "../platform/clock.ts";
import { readMergedEvents } from "../sync-log/readMergedEvents.ts";
import { readEvents } from "../sync-log/readEvents.ts";
import { readStatus } from "../sync-log/readStatus.ts";
import type { PortalServices } from "./api.ts";
import { healthOf } from "./health.ts";
import type { Projection, ProjectionLine, StoredLine } from "./projection.ts";

export interface PlatformServices extends PortalServices {
  projection: Projection;
}

type Routes = typeof routes;

/** The whole platform from one small row per organization; who needs attention comes first. */
export async function getPlatformStatus(
  services: PlatformServices,
  _call: Call<Routes["getPlatformStatus"]>,
): Promise<Reply<Routes["getPlatformStatus"]>> {
  const now = services.clock();
  const [all, lines, nobodys] = await Promise.all([
    services.directory.all(),
    services.projection.list(),
    readStatus(services.syncLog, null, now),
  ]);
  const lineOf = new Map(lines.map((line) => [line.organizationId, line]));
  const organizations = await Promise.all(
    all.map(async (organization) => {
      const queue = await services.queueAge(organization.id);
      return present(organization, lineOf.get(organization.id) ?? null, queue, now);
    }),
  );
  organizations.sort(byAttention);
  const shown = lines.filter((line) => all.some(({ id }) => id === line.organizationId));
  return {
    body: {
      totals: {
        organizations: organizations.length,
        needAttention: organizations.filter((organization) => urgencyOf(organization) <= attention).length,
        periods: nobodys.periods.map(({ period, from }) => ({ period, from, ...sumOf(shown, period) })),
      },
      organizations,
      rejectionsWithoutOrganization: nobodys.rejections,
      alertsCheckedAt: toInstantOrNull(Math.max(0, ...shown.map((line) => line.checkedAt ?? 0)) || null),
      asOf: toInstant(Math.min(now, ...shown.map((line) => line.asOf))),
    },
  };
}

export async function listPlatformEvents(
  services: PlatformServices,
  { caller, query }: Call<Routes["listPlatformEvents"]>,
): Promise<Reply<Routes["listPlatformEvents"]>> {
  const { organizationId, ...rest } = query;
  if (organizationId !== undefined) {
    const organization = requireOrganization(caller, await services.directory.find(organizationId));
    return { body: await readEvents(services, organization.id, rest) };
  }
  const ids = (await services.directory.all()).map(({ id }) => id);
  return { body: await readMergedEvents(services, ids, rest) };
}

function present(
  organization: StoredOrganization,
  line: StoredLine | null,
  queue: QueueAge,
  now: number,
): PlatformOrganization {
  const last24h = line?.last24h ?? { success: 0, error: 0, skipped: 0 };
  const total = last24h.success + last24h.error + last24h.skipped;
  const { id, name, state, silenceHours } = organization;
  return {
    id,
    name,
    health: healthOf({
      ...{ now, state, silenceHours, last24h },
      lastEventAt: line?.lastEventAt ?? null,
      rejections24h: line?.rejections24h ?? 0,
      queue,
    }),
    lastSuccessAt: toInstantOrNull(line?.lastSuccessAt ?? null),
    lastEventAt: toInstantOrNull(line?.lastEventAt ?? null),
    last24h,
    errorRate: total === 0 ? null : last24h.error / total,
    queue,
    alerts: line && presentAlerts(line, now),
    asOf: toInstant(line?.asOf ?? now),
  };
}

/** Alerts that nobody has checked for long say nothing any more. */
function presentAlerts({ alerts, checkedAt }: StoredLine, now: number): PlatformAlert[] | null {
  if (checkedAt === null || now - checkedAt > maxCheckAgeMs) return null;
  return alerts.map(({ rule, state, since, acknowledged, mutedUntil }) => ({
    ...{ rule, title: ruleTitles[rule], state, since: toInstantOrNull(since), acknowledged },
    mutedUntil: toInstantOrNull(mutedUntil !== null && mutedUntil > now ? mutedUntil : null),
  }));
}

const attention = healthState.options.indexOf("attention");

/** The smaller, the earlier it needs somebody. An alert that nobody looks after counts like a verdict that needs attention. */
function urgencyOf(organization: PlatformOrganization): number {
  const verdict = healthState.options.indexOf(organization.health.state);
  return openAlerts(organization) > 0 ? Math.min(verdict, attention) : verdict;
}

function openAlerts({ alerts }: PlatformOrganization): number {
  return (alerts ?? []).filter(({ acknowledged, mutedUntil }) => !acknowledged && mutedUntil === null).length;
}

/** The more urgent, the earlier; among equals those with more open alerts, a larger share of errors, then by name. */
function byAttention(a: PlatformOrganization, b: PlatformOrganization): number {
  return (
    urgencyOf(a) - urgencyOf(b) ||
    openAlerts(b) - openAlerts(a) ||
    (b.errorRate ?? 0) - (a.errorRate ?? 0) ||
    a.name.localeCompare(b.name)
  );
}

function sumOf(lines: readonly ProjectionLine[], period: Period): OutcomeCounts {
  const sum = { success: 0, error: 0, skipped: 0 };
  for (const line of lines) {
    const counts = line.periods.find((one) => one.period === period);
    sum.success += counts?.success ?? 0;
    sum.error += counts?.error ?? 0;
    sum.skipped += counts?.skipped ?? 0;
  }
  return sum;
}
