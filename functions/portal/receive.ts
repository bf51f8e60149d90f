import { setTimeout } from "node:timers/promises";
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import type { RejectionReason } from "../contracts/rejections.ts";
import { NotAContext, parseHead } from "../dynamics/context.ts";
import type { ContextHead } from "../dynamics/context.ts";
import type { Directory } from "../organizations/directory.ts";
import type { KeyUse } from "../organizations/keyUse.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import type { Clock } from "../platform/clock.ts";
import { BodyTooLarge, readBody } from "../platform/http/body.ts";
import { pathParameters } from "../platform/http/path.ts";
import { ApiProblem, problemResponse, unavailableProblem } from "../platform/http/problem.ts";
import { describeError } from "../platform/log.ts";
import type { Log } from "../platform/log.ts";
import type { SendOne } from "../platform/messaging/batchSender.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { RejectionRecorder } from "../sync-log/rejectionRecorder.ts";
import { firstAttempt, toServiceBusMessage } from "./eventMessage.ts";
import type { EventMessage, EventQueue } from "./eventMessage.ts";
import type { ChooseLane } from "./lanes.ts";
import { maxMessageContentBytes } from "./oversize.ts";
import type { OversizeStore } from "./oversize.ts";
import type { Pressure } from "./pressure.ts";
import { Refused, refusalProblem } from "./refusal.ts";
import { authenticateWebhook } from "./webhookAuth.ts";

export interface ReceiveServices {
  clock: Clock;
  directory: Directory;
  keyUse: Pick<KeyUse, "note">;
  rejections: RejectionRecorder;
  oversize: OversizeStore;
  chooseLane: ChooseLane;
  send: (queue: EventQueue) => SendOne;
  pressure: Pressure;
  maxWebhookBytes: number;
}

/** Address of the webhook below `/api`. */
export const webhookRoute = "webhooks/dynamics/{organizationId}";

/**
 * Takes one webhook: refuses it with a reason that is logged, or answers 202 with the event's id once the
 * queue has it. Whatever keeps the event from being queued is answered 503: Dataverse retries once, and
 * only on 502, 503 and 504.
 */
export function receive(
  services: ReceiveServices,
  request: HttpRequest,
  log: Log & { invocationId: string },
): Promise<HttpResponseInit> {
  return services.pressure.track(answer(services, request, log));
}

async function answer(
  services: ReceiveServices,
  request: HttpRequest,
  log: Log & { invocationId: string },
): Promise<HttpResponseInit> {
  try {
    const { event, keyId } = await accept(services, request);
    await services.send(services.chooseLane(event.organizationId))(toServiceBusMessage(event));
    services.keyUse.note(event.organizationId, keyId);
    return { status: 202, headers: { "cache-control": "no-store" }, jsonBody: { eventId: event.eventId } };
  } catch (error) {
    if (error instanceof Refused) {
      await logRejection(services, error, log);
      return problemResponse(refusalProblem(error.reason, services.maxWebhookBytes), log.invocationId);
    }
    if (error instanceof ApiProblem) return problemResponse(error, log.invocationId);
    log.error(`A webhook could not be queued: ${describeError(error)}`);
    const what = error instanceof StorageFault ? "Storage" : "The queue";
    return problemResponse(unavailableProblem(what), log.invocationId);
  }
}

/** Checks the request in the order that reveals least: who, then what kind and size, then what it says. */
async function accept(
  services: ReceiveServices,
  request: HttpRequest,
): Promise<{ event: EventMessage; keyId: string }> {
  const id = pathParameters(webhookRoute, request.url).organizationId ?? "";
  const sender = await authenticateWebhook(request, id, services.directory, services.clock());
  if ("refused" in sender) throw new Refused(sender.refused, sender.organizationId);
  let bytes = Number(request.headers.get("content-length") ?? 0);
  const contentType = request.headers.get("content-type");
  const refuse = (reason: RejectionReason): never => {
    throw new Refused(reason, sender.organization.id, contentType, bytes);
  };
  if (!isJson(contentType)) refuse("wrongContentType");
  const body = await readBody(request, services.maxWebhookBytes).catch((error: unknown) => {
    if (!(error instanceof BodyTooLarge)) throw error;
    bytes = error.bytes;
    return refuse("tooLarge");
  });
  bytes = body.byteLength;
  const context = readContext(body, refuse);
  if (!isFrom(context, sender.organization)) refuse("otherOrganization");
  return { event: await toMessage(services, sender.organization, context, body), keyId: sender.keyId };
}

/** Dataverse names JSON; a sender that names nothing is given the benefit of the doubt. */
function isJson(contentType: string | null): boolean {
  return contentType === null || contentType === "" || /^[^;]*[/+]json\s*(;|$)/i.test(contentType);
}

function readContext(body: Buffer, refuse: (reason: RejectionReason) => never): ContextHead {
  let json: unknown;
  try {
    json = JSON.parse(body.toString("utf8").replace(/^\uFEFF/, ""));
  } catch {
    return refuse("notJson");
  }
  try {
    return parseHead(json);
  } catch (error) {
    if (error instanceof NotAContext) return refuse("notContext");
    throw error;
  }
}

function isFrom(context: ContextHead, organization: StoredOrganization): boolean {
  return context.organizationId === organization.dynamicsOrganizationId;
}

async function toMessage(
  services: ReceiveServices,
  organization: StoredOrganization,
  context: ContextHead,
  body: Buffer,
): Promise<EventMessage> {
  const event = firstAttempt(organization.id, context, body, services.clock());
  const { content, organizationId, eventId } = event;
  if (content.byteLength <= maxMessageContentBytes) return event;
  const blob = `${organizationId}/${eventId}.json.gz`;
  await services.oversize.put(blob, content);
  return { ...event, blob, content: null };
}

/** How long an answer waits for its rejection to be counted. */
const countingMs = 2_000;

/**
 * The count must not be lost, but a refusal is answered in good time even when storage is away: then the
 * recorder goes on trying after the answer.
 */
async function logRejection(services: ReceiveServices, refused: Refused, log: Log): Promise<void> {
  const { organizationId, reason, contentType, bytes } = refused;
  const counted = services.rejections
    .reject({ organizationId, reason, at: services.clock(), contentType, bytes })
    .catch((error: unknown) => log.error(`A rejection could not be counted: ${describeError(error)}`));
  await Promise.race([counted, setTimeout(countingMs, undefined, { ref: false })]);
}
