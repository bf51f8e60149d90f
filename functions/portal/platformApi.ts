import type { OutcomeCounts } from "../contracts/common.ts";
import { healthState } from "../contracts/health.ts";
import type { PlatformOrganization } from "../contracts/platform.ts";
import type { Period } from "../contracts/portal.ts";
import type { routes } from "../contracts/routes.ts";
import type { Call, Reply } from "../identity/route.ts";
import { requireOrganization } from "../identity/caller.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { toInstant, toInstantOrNull } from "../platform/clock.ts";
import { readMergedEvents } from "../sync-log/readMergedEvents.ts";
import { readEvents } from "../sync-log/readEvents.ts";
import { readStatus } from "../sync-log/readStatus.ts";
import { orBadCursor } from "./api.ts";
import type { PortalServices } from "./api.ts";
import { healthOf } from "./health.ts";
import type { Projection, ProjectionLine } from "./projection.ts";

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
      const oldestSeconds = await services.queueAge(organization.id);
      return present(organization, lineOf.get(organization.id) ?? null, oldestSeconds, now);
    }),
  );
  organizations.sort(byAttention);
  const shown = lines.filter((line) => all.some(({ id }) => id === line.organizationId));
  return {
    body: {
      totals: {
        organizations: organizations.length,
        needAttention: organizations.filter(
          ({ health }) => health.state === "silent" || health.state === "attention",
        ).length,
        periods: nobodys.periods.map(({ period, from }) => ({ period, from, ...sumOf(shown, period) })),
      },
      organizations,
      rejectionsWithoutOrganization: nobodys.rejections,
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
    return { body: await orBadCursor(() => readEvents(services, organization.id, rest)) };
  }
  const ids = (await services.directory.all()).map(({ id }) => id);
  return { body: await orBadCursor(() => readMergedEvents(services, ids, rest)) };
}

function present(
  organization: StoredOrganization,
  line: ProjectionLine | null,
  oldestSeconds: number | null,
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
      oldestWaitingSeconds: oldestSeconds,
    }),
    lastSuccessAt: toInstantOrNull(line?.lastSuccessAt ?? null),
    lastEventAt: toInstantOrNull(line?.lastEventAt ?? null),
    last24h,
    errorRate: total === 0 ? null : last24h.error / total,
    queue: { oldestSeconds },
    asOf: toInstant(line?.asOf ?? now),
  };
}

/** The worse the verdict, the earlier; among equals the larger share of errors, then the name. */
function byAttention(a: PlatformOrganization, b: PlatformOrganization): number {
  const order = healthState.options;
  return (
    order.indexOf(a.health.state) - order.indexOf(b.health.state) ||
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
