import type { InvocationContext } from "@azure/functions";
import type { ServiceBusMessage } from "@azure/service-bus";
import { z } from "zod";
import type { StoredOrganization } from "../../organizations/storedOrganization.ts";
import { describeError } from "../../platform/log.ts";
import type { Log } from "../../platform/log.ts";
import { hasEnded } from "./replayRows.ts";
import type { StoredReplay } from "./replayRows.ts";
import type { ReplayServices } from "./replayServices.ts";
import { takeStep } from "./steps.ts";

const stepSchema = z.object({ organizationId: z.string().min(1), replayId: z.string().min(1) });

/** What one step of a replay comes to: the replay as it is then. */
type TakeStep = (
  services: ReplayServices,
  replay: StoredReplay,
  context: InvocationContext,
) => Promise<StoredReplay>;

/** Failures of one step after which a replay is given up, so that it does not block those behind it for ever. */
const mostFailures = 5;
/** Pauses between the tries at a step that failed. All are shorter than the time after which a message counts as lost. */
const firstPauseMs = 10_000;
const longestPauseMs = 60_000;

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
 * One that is to stop ends at once, also while it waits. A step that fails is tried again after a pause, and ends its
 * replay when it has failed too often. Throws when the table of replays or the queue does not answer: the step comes
 * again, and does nothing twice.
 */
export async function processReplay(
  services: ReplayServices,
  message: unknown,
  context: InvocationContext,
): Promise<void> {
  await takeTurn(services, message, context, advanceOrFail);
}

/**
 * Takes up a step that the queue gave up, since its process ended or a store did not answer as often as the queue
 * delivers a message. It counts as a failure of the step like any other: the replay goes on after a pause, or ends and
 * says why. Throws as `processReplay` does; the step stays among the dead letters then and comes again.
 */
export async function recordDeadStep(
  services: ReplayServices,
  message: unknown,
  context: InvocationContext,
): Promise<void> {
  await takeTurn(services, message, context, (_, replay) =>
    countFailure(services, replay, "the queue gave up its message.", context),
  );
}

async function takeTurn(
  services: ReplayServices,
  message: unknown,
  context: InvocationContext,
  take: TakeStep,
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
  if (replay.state !== "stopping" && first && first.replayId !== replayId) return;
  const after = await take(services, replay, context);
  if (hasEnded(after)) await wakeNext(services, after);
  else if (after.failures === 0) await services.sendStep(stepMessage(after));
  else await sendAfterPause(services, after);
}

const advanceOrFail: TakeStep = async (services, replay, context) => {
  try {
    return await advance(services, replay, context);
  } catch (error) {
    return countFailure(services, replay, describeError(error), context);
  }
};

async function countFailure(
  { replays }: ReplayServices,
  replay: StoredReplay,
  why: string,
  log: Log,
): Promise<StoredReplay> {
  const { organizationId, replayId, step } = replay;
  const what = `Step ${step} of the replay ${replayId} of ${organizationId} failed`;
  log.error(`${what}: ${why}`);
  const after = await replays.fail(replay, mostFailures);
  if (after.reason === "failed")
    log.error(`${what} ${after.failures} times without progress: the replay was stopped.`);
  return after;
}

const advance: TakeStep = async (services, replay, context) => {
  const { replays, mappings } = services;
  if (replay.state === "stopping") return replays.stopNow(replay, null);
  const organization = await present(services, replay.organizationId);
  if (organization.state === "paused") return replays.stopNow(replay, "paused");
  // A replay is often started right after a change of the mapping, which the copy may not know yet.
  await mappings.renew(replay.organizationId);
  return replays.commit(replay, await takeStep(services, replay, organization, context));
};

/** An organization as it is now. What cannot be read is no reason to stop a replay: then this throws. */
async function present(
  { organizations }: ReplayServices,
  organizationId: string,
): Promise<StoredOrganization> {
  const organization = await organizations.get(organizationId);
  if (organization) return organization;
  throw new Error(`The organization ${organizationId} could not be found.`);
}

async function sendAfterPause({ sendStep, clock }: ReplayServices, replay: StoredReplay): Promise<void> {
  const pause = Math.min(firstPauseMs * 2 ** (replay.failures - 1), longestPauseMs);
  const scheduledEnqueueTimeUtc = new Date(clock() + pause);
  await sendStep({ ...stepMessage(replay, `failure-${replay.failures}`), scheduledEnqueueTimeUtc });
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
