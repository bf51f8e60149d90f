import type { ReplaySelection } from "../../contracts/replays.ts";
import type { routes } from "../../contracts/routes.ts";
import type { Call, Reply, RouteServices } from "../../identity/route.ts";
import type { Audit } from "../../organizations/audit.ts";
import { fromCursor, toCursor } from "../../platform/http/cursor.ts";
import { ApiProblem } from "../../platform/http/problem.ts";
import type { Log } from "../../platform/log.ts";
import { findEvent } from "../../sync-log/lookUp.ts";
import { noSuchEvent } from "../api.ts";
import { estimateReplay } from "./estimate.ts";
import { hasEnded, orderPattern, presentItem, presentReplay } from "./replayRows.ts";
import type { StoredReplay } from "./replayRows.ts";
import type { ReplayServices } from "./replayServices.ts";
import { stepMessage } from "./processReplay.ts";
import { describeSelection } from "./selection.ts";
import { startReplay } from "./startReplay.ts";

export interface ReplayApiServices extends ReplayServices, RouteServices {
  audit: Pick<Audit, "record">;
}

type Routes = typeof routes;

/** Replays of one organization that may wait for each other. */
const mostWaiting = 20;
const listed = 50;

/** Starts a replay, or says what it would do. */
export async function createReplay(
  services: ReplayApiServices,
  { organization, body, caller }: Call<Routes["createReplay"]>,
): Promise<Reply<Routes["createReplay"]>> {
  const selection: ReplaySelection =
    "eventIds" in body ? { eventIds: [...new Set(body.eventIds)] } : { filter: body.filter };
  if (body.dryRun) return { body: await estimateReplay(services, organization, selection, quiet) };
  return { body: presentReplay(await start(services, { organization, caller }, selection)) };
}

/** An estimate tells what is wrong with an event in its answer; what the same event logs when it runs is not doubled. */
const quiet: Log & { invocationId: string } = {
  invocationId: "dry-run",
  info: () => {},
  warn: () => {},
  error: () => {},
};

export async function replayEvent(
  services: ReplayApiServices,
  { organization, params, caller }: Call<Routes["replayEvent"]>,
): Promise<Reply<Routes["replayEvent"]>> {
  if (!(await findEvent(services.syncLog, params.id, params.eventId, ["attempts"]))) throw noSuchEvent();
  const replay = await start(services, { organization, caller }, { eventIds: [params.eventId] });
  return { body: presentReplay(replay) };
}

async function start(
  services: ReplayApiServices,
  { organization, caller }: Pick<Call<Routes["createReplay"]>, "organization" | "caller">,
  selection: ReplaySelection,
): Promise<StoredReplay> {
  if (organization.state === "paused")
    throw new ApiProblem(
      409,
      "integration.paused",
      "The integration is paused",
      "Nothing is processed while the integration is paused. Resume it first; what arrived meanwhile is then run by itself.",
    );
  if ((await services.replays.active(organization.id)).length >= mostWaiting)
    throw new ApiProblem(
      409,
      "replay.limit",
      "Too many replays wait",
      `${mostWaiting} replays of this organization have not ended yet. Wait for them, or stop some.`,
    );
  const wanted = {
    organizationId: organization.id,
    kind: "replay" as const,
    selection,
    startedBy: caller.name,
  };
  const replay = await startReplay(services, wanted);
  await services.audit.record(organization.id, caller, "replay.started", describeSelection(selection));
  return replay;
}

export async function listReplays(
  { replays }: ReplayApiServices,
  { params }: Call<Routes["listReplays"]>,
): Promise<Reply<Routes["listReplays"]>> {
  return { body: { items: (await replays.list(params.id, listed)).map(presentReplay) } };
}

export async function getReplay(
  services: ReplayApiServices,
  { params }: Call<Routes["getReplay"]>,
): Promise<Reply<Routes["getReplay"]>> {
  return { body: presentReplay(await find(services, params)) };
}

/** What was run so far, in its order: a point read and a range, however long the replay. */
export async function listReplayItems(
  services: ReplayApiServices,
  { params, query }: Call<Routes["listReplayItems"]>,
): Promise<Reply<Routes["listReplayItems"]>> {
  const cursor = query.cursor === undefined ? null : fromCursor(query.cursor, orderPattern);
  const replay = await find(services, params);
  if (replay.ran === null) return { body: { items: [], nextCursor: null } };
  const items = await services.replays.items(replay, { cursor, last: replay.ran, limit: query.limit });
  const last = items.at(-1);
  const more = last !== undefined && last.order < replay.ran;
  const nextCursor = more ? toCursor(last.order) : null;
  return { body: { items: items.map(presentItem), nextCursor } };
}

/**
 * Stops a replay after its present step. What it did stays; one that has ended stays as it is. A resumption is not
 * stopped: what is held would be run again within a minute.
 */
export async function stopReplay(
  services: ReplayApiServices,
  { params, caller }: Call<Routes["stopReplay"]>,
): Promise<Reply<Routes["stopReplay"]>> {
  const before = await find(services, params);
  if (before.kind === "resume" && !hasEnded(before))
    throw new ApiProblem(
      409,
      "replay.resumption",
      "A resumption cannot be stopped",
      "It runs what arrived while the integration was paused. Pause the integration instead.",
    );
  const after = await services.replays.stop(before);
  if (!hasEnded(after)) {
    await wakeWaiting(services, after).catch(() => {});
    if (before.state !== "stopping")
      await services.audit.record(params.id, caller, "replay.stopped", describeSelection(after.selection));
  }
  return { body: presentReplay(after) };
}

/**
 * A replay that waits for its turn has no message under way. The one that runs has: another message would end it beside
 * the step that is being taken, before that step's events are listed.
 */
async function wakeWaiting({ replays, sendStep }: ReplayServices, replay: StoredReplay): Promise<void> {
  const [running] = await replays.active(replay.organizationId);
  if (running?.replayId !== replay.replayId) await sendStep(stepMessage(replay, "stop"));
}

async function find(
  { replays }: ReplayApiServices,
  { id, replayId }: { id: string; replayId: string },
): Promise<StoredReplay> {
  const replay = await replays.get(id, replayId);
  if (replay) return replay;
  throw new ApiProblem(404, "replay.notFound", "No such replay", "There is no replay with this id.");
}
