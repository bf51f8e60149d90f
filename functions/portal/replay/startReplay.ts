import type { StoredOrganization } from "../../organizations/storedOrganization.ts";
import type { Caller } from "../../identity/caller.ts";
import { readHeld } from "../../sync-log/readHeld.ts";
import { stepMessage } from "./processReplay.ts";
import type { StoredReplay } from "./replayRows.ts";
import type { ReplayServices } from "./replayServices.ts";
import type { NewReplay } from "./replayStore.ts";

/** What starting a replay needs. */
export type StartServices = Pick<ReplayServices, "replays" | "sendStep" | "syncLog">;

/** Starts a replay. When its first message cannot be sent it begins within three minutes: see `continueReplays`. */
export async function startReplay(services: StartServices, wanted: NewReplay): Promise<StoredReplay> {
  const replay = await services.replays.create(wanted);
  await services.sendStep(stepMessage(replay)).catch(() => {});
  return replay;
}

/**
 * Runs what arrived while the integration was paused, in order of arrival. Call it when the organization is active
 * again. Returns the replay that does it, which may run already; null when nothing is held.
 */
export async function startResume(
  services: StartServices,
  organization: Pick<StoredOrganization, "id">,
  caller: Pick<Caller, "name">,
): Promise<StoredReplay | null> {
  const organizationId = organization.id;
  const { items } = await readHeld(services.syncLog, organizationId, { limit: 1 });
  if (items.length === 0) return null;
  const active = await services.replays.active(organizationId);
  const running = active.find(({ kind, state }) => kind === "resume" && state !== "stopping");
  if (running) return running;
  const selection = { filter: { code: "integration.paused" as const } };
  return startReplay(services, { organizationId, kind: "resume", selection, startedBy: caller.name });
}
