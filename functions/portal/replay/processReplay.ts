import type { InvocationContext } from "@azure/functions";
import type { ServiceBusMessage } from "@azure/service-bus";
import { z } from "zod";
import { hasEnded } from "./replayRows.ts";
import type { StoredReplay } from "./replayRows.ts";
import type { ReplayServices } from "./replayServices.ts";
import { takeStep } from "./steps.ts";

const stepSchema = z.object({ organizationId: z.string().min(1), replayId: z.string().min(1) });

/**
 * The message that takes a replay's next step. Its id names the step, so that the queue drops a repetition; `reason`
 * makes another id for whoever wakes a replay whose own message may be used up already.
 */
export function stepMessage(replay: StoredReplay, reason?: string): ServiceBusMessage {
  const { organizationId, replayId, step } = replay;
  const id = `${organizationId}/${replayId}/${step}`;
  return {
    messageId: reason === undefined ? id : `${id}/${reason}`,
    contentType: "application/json",
    body: Buffer.from(JSON.stringify({ organizationId, replayId })),
  };
}

/**
 * Takes one step of a replay, stores it, and sends for the next. An organization's replays run one after the other,
 * the oldest first; a step whose turn has not come does nothing, for the one before it wakes the next when it ends.
 * Throws when storage, the queue or the directory does not answer: the step comes again, and does nothing twice.
 */
export async function processReplay(
  services: ReplayServices,
  message: unknown,
  context: InvocationContext,
): Promise<void> {
  const named = readStep(message);
  if (!named) {
    context.error("A message in the queue of replays is none of Portal Sync's and was left out.");
    return;
  }
  const { organizationId, replayId } = named;
  const [replay, active] = await Promise.all([
    services.replays.get(organizationId, replayId),
    services.replays.active(organizationId),
  ]);
  if (!replay) return;
  if (hasEnded(replay)) return wakeNext(services, replay);
  const [first] = active;
  if (first && first.replayId !== replayId) return;
  const after = await advance(services, replay, context);
  if (hasEnded(after)) await wakeNext(services, after);
  else await services.sendStep(stepMessage(after));
}

async function advance(
  services: ReplayServices,
  replay: StoredReplay,
  context: InvocationContext,
): Promise<StoredReplay> {
  const { replays, directory, mappings, clock } = services;
  // A replay is often started right after a change of the organization or its mapping, which copies may not know yet.
  const organization = await directory.findFresh(replay.organizationId);
  mappings.forget(replay.organizationId);
  if (replay.state === "stopping" || organization?.state !== "active")
    return replays.commit(replay, { progress: { state: "stopped", endedAt: clock() }, items: [] });
  return replays.commit(replay, await takeStep(services, replay, organization, context));
}

async function wakeNext(services: ReplayServices, ended: StoredReplay): Promise<void> {
  const [next] = await services.replays.active(ended.organizationId);
  if (next) await services.sendStep(stepMessage(next, `after-${ended.replayId}`));
}

function readStep(message: unknown): z.infer<typeof stepSchema> | null {
  try {
    const body: unknown = Buffer.isBuffer(message) ? JSON.parse(message.toString("utf8")) : message;
    return stepSchema.safeParse(body).data ?? null;
  } catch {
    return null;
  }
}
