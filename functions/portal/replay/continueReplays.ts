import type { Directory } from "../../organizations/directory.ts";
import type { Clock } from "../../platform/clock.ts";
import { forEachLimited } from "../../platform/forEachLimited.ts";
import { describeError } from "../../platform/log.ts";
import type { Log } from "../../platform/log.ts";
import { readHeld } from "../../sync-log/readHeld.ts";
import { stepMessage } from "./processReplay.ts";
import { startResume } from "./startReplay.ts";
import type { StartServices } from "./startReplay.ts";

type LookServices = StartServices & { clock: Clock; directory: Directory };

/** Organizations looked at side by side. */
const concurrency = 16;
/** A replay that was not heard of for so long has lost its message. A step takes seconds. */
const lostAfterMs = 120_000;

/**
 * Looks at every organization once a minute: goes on with a replay whose message was lost, and runs what a process
 * held that did not know yet that the integration was resumed. So nothing is held for long while the organization is
 * active. A fault of one organization is logged and keeps no other from being looked at.
 */
export async function continueReplays(services: LookServices, log: Log): Promise<void> {
  await forEachLimited(await services.directory.all(), concurrency, async ({ id, state }) => {
    try {
      await wakeLost(services, id);
      if (state === "active") await runHeld(services, id);
    } catch (error) {
      log.error(`Looking after the replays of ${id} failed: ${describeError(error)}`);
    }
  });
}

async function wakeLost({ replays, sendStep, clock }: LookServices, organizationId: string): Promise<void> {
  const now = clock();
  const active = await replays.active(organizationId);
  const due = active.filter(({ state }, place) => place === 0 || state === "stopping");
  for (const replay of due.filter(({ updatedAt }) => now - updatedAt >= lostAfterMs))
    await sendStep(stepMessage(replay, `again-${Math.floor(now / 60_000)}`));
}

async function runHeld(services: LookServices, organizationId: string): Promise<void> {
  const { items } = await readHeld(services.syncLog, organizationId, { limit: 1 });
  if (items.length === 0) return;
  const organization = await services.directory.findFresh(organizationId);
  if (organization?.state === "active") await startResume(services, organization, { name: "Portal Sync" });
}
