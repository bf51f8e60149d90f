import type { Directory } from "../organizations/directory.ts";
import type { Clock } from "../platform/clock.ts";
import { forEachLimited } from "../platform/forEachLimited.ts";
import { describeError } from "../platform/log.ts";
import type { Log } from "../platform/log.ts";
import type { Table } from "../platform/storage/table.ts";
import type { OversizeStore } from "./oversize.ts";
import { purge } from "../sync-log/purge.ts";

const dayMs = 86_400_000;
/** Events and their payloads are kept for 90 days, counters for 400. */
const eventDays = 90;
const counterDays = 400;
const concurrency = 4;

/**
 * Removes what is older than its retention, organization by organization, in batches. What one run does not
 * get to, the next one does; a fault of one organization keeps no other's rows.
 */
export async function purgeExpired(
  services: { syncLog: Table; directory: Directory; oversize: OversizeStore; clock: Clock },
  log: Log,
): Promise<void> {
  const { syncLog, directory, oversize, clock } = services;
  const retention = { events: clock() - eventDays * dayMs, counters: clock() - counterDays * dayMs };
  const partitions = [null, ...(await directory.all()).map(({ id }) => id)];
  await forEachLimited(partitions, concurrency, async (organizationId) => {
    try {
      for (;;) {
        const { removed, done } = await purge(syncLog, organizationId, retention);
        if (done || removed === 0) return;
      }
    } catch (error) {
      log.error(
        `Removing what ${organizationId ?? "no organization"} need not keep failed: ${describeError(error)}`,
      );
    }
  });
  await oversize.removeBefore(retention.events);
}
