import { purgeDeliveries } from "../alerts/deliveries.ts";
import type { Directory } from "../organizations/directory.ts";
import { defaultSettings } from "../organizations/storedOrganization.ts";
import { dayMs, hourMs } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import { forEachLimited } from "../platform/forEachLimited.ts";
import { describeError } from "../platform/log.ts";
import type { Log } from "../platform/log.ts";
import type { Table } from "../platform/storage/table.ts";
import type { OversizeStore } from "./oversize.ts";
import type { ReplayStore } from "./replay/replayStore.ts";
import type { LogTables } from "../sync-log/logTables.ts";
import { purge } from "../sync-log/purge.ts";

/** Counters of every organization are kept for 400 days, so that no event outlives the count of it. */
const counterDays = 400;
const concurrency = 4;
/** A blob is written when its event arrives; the clocks of the app and of storage may differ by less than this. */
const blobMarginMs = hourMs;

/**
 * Removes what is older than the organization's retention, organization by organization, in batches. What one run does not
 * get to, the next one does. Events that are held stay with their payloads until they were processed.
 * A fault of one organization keeps no other's rows.
 */
export async function purgeExpired(
  services: LogTables & {
    directory: Directory;
    oversize: OversizeStore;
    replays: Pick<ReplayStore, "removeBefore">;
    alerts: { table: Table };
    clock: Clock;
  },
  log: Log,
): Promise<void> {
  const { directory, oversize, replays, alerts, clock } = services;
  const counters = clock() - counterDays * dayMs;
  const ofNobody = { id: null, retentionDays: defaultSettings.retentionDays };
  const partitions = [ofNobody, ...(await directory.all())];
  await forEachLimited(partitions, concurrency, async ({ id: organizationId, retentionDays }) => {
    const events = clock() - retentionDays * dayMs;
    try {
      let purged = await purge(services, organizationId, { events, counters });
      while (!purged.done && purged.removed > 0)
        purged = await purge(services, organizationId, { events, counters });
      if (organizationId === null) return;
      // The payload of a held event is needed until it was processed. While not all were seen, all payloads wait.
      const { done, oldestHeld } = purged;
      if (done)
        await oversize.removeBefore(organizationId, oldestHeld === null ? events : oldestHeld - blobMarginMs);
      await replays.removeBefore(organizationId, events);
      await purgeDeliveries(alerts.table, organizationId, clock());
    } catch (error) {
      log.error(
        `Removing what ${organizationId ?? "no organization"} need not keep failed: ${describeError(error)}`,
      );
    }
  });
}
