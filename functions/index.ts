/** The map of the app: every trigger, in the order in which a change flows through it. The logic is elsewhere. */
import { app } from "@azure/functions";
import type { InvocationContext } from "@azure/functions";
import { openApi } from "./contracts/openApi.ts";
import { routes } from "./contracts/routes.ts";
import type { Route } from "./contracts/routes.ts";
import { guarded } from "./identity/route.ts";
import type { Call, Reply } from "./identity/route.ts";
import {
  changeOrganization,
  createKey,
  createOrganization,
  getMe,
  getOrganization,
  listOrganizations,
  revokeKey,
} from "./organizations/api.ts";
import { listAudit } from "./organizations/auditApi.ts";
import { describeError } from "./platform/log.ts";
import { readSettings } from "./platform/settings.ts";
import { acknowledgeAlert, getAlerts, muteAlert, testAlert } from "./portal/alertsApi.ts";
import { getEvent, getPortalStatus, getRejectionHistory, listEvents, listRejections } from "./portal/api.ts";
import { eventQueues, replayQueue } from "./portal/eventMessage.ts";
import { exportEvents } from "./portal/exportApi.ts";
import { changeMapping, getMapping, getMappingVersion, tryMapping } from "./portal/mappingApi.ts";
import { getEventPayload } from "./portal/payloadApi.ts";
import { getPlatformStatus, listPlatformEvents } from "./portal/platformApi.ts";
import { purgeExpired } from "./portal/purgeExpired.ts";
import { pausePortal, resumePortal } from "./portal/pauseApi.ts";
import { processArrivals, processBulk, processRead } from "./portal/process.ts";
import { receive, webhookRoute } from "./portal/receive.ts";
import {
  createReplay,
  getReplay,
  listReplayItems,
  listReplays,
  replayEvent,
  stopReplay,
} from "./portal/replay/api.ts";
import { continueReplays } from "./portal/replay/continueReplays.ts";
import { processReplay, recordDeadStep } from "./portal/replay/processReplay.ts";
import { getRecord } from "./portal/recordApi.ts";
import { recordDeadLetters } from "./portal/recordDeadLetters.ts";
import { getSetup } from "./portal/setupApi.ts";
import { watchRules } from "./portal/watch.ts";
import { createServices } from "./services.ts";
import type { Services } from "./services.ts";

app.setup({ enableHttpStream: true });
const services = createServices(readSettings(process.env));
// Storage that is away must not keep the app from starting: webhooks are queued without it.
app.hook.appStart(() =>
  services.prepare().catch((error: unknown) => process.emitWarning(describeError(error))),
);

/** One route of the API. */
function api<R extends Route>(
  name: string,
  route: R,
  handle: (services: Services, call: Call<R>) => Promise<Reply<R>>,
) {
  app.http(name, guarded(route, services, handle));
}

/** One trigger on a queue of events; bodies are binary. */
function queue(
  name: string,
  queueName: string,
  cardinality: "one" | "many",
  handle: (services: Services, messages: unknown, context: InvocationContext) => Promise<void>,
) {
  const trigger = { connection: "ServiceBus", queueName, cardinality, dataType: "binary" };
  app.serviceBusQueue(name, {
    ...trigger,
    handler: (messages, context) => handle(services, messages, context),
  });
}

// A change is received …
app.http("receive", {
  methods: ["POST"],
  route: webhookRoute,
  authLevel: "anonymous",
  handler: (request, context) => receive(services, request, context),
});

// … processed and recorded …
queue("process", eventQueues.arrivals, "many", processArrivals);
queue("processBulk", eventQueues.bulk, "many", processBulk);
queue("processRead", eventQueues.reads, "one", processRead);

// … replayed when an administrator asks for it, or the integration is resumed …
queue("processReplay", replayQueue, "one", processReplay);

// … and what the queues gave up is recorded as well.
queue("recordDeadLetters", `${eventQueues.arrivals}/$DeadLetterQueue`, "many", recordDeadLetters);
queue("recordDeadLettersBulk", `${eventQueues.bulk}/$DeadLetterQueue`, "many", recordDeadLetters);
queue("recordDeadLettersRead", `${eventQueues.reads}/$DeadLetterQueue`, "many", recordDeadLetters);
queue("recordDeadLettersReplay", `${replayQueue}/$DeadLetterQueue`, "one", recordDeadStep);

// Every minute: the alert rules, and the lines of the platform screen.
app.timer("flagSilence", {
  schedule: "0 * * * * *",
  handler: (_timer, context) => watchRules(services, context),
});

// Every minute: replays that lost their message, and events that are still held after a resumption.
app.timer("continueReplays", {
  schedule: "30 * * * * *",
  handler: (_timer, context) => continueReplays(services, context),
});

// Every hour: what need not be kept any longer.
app.timer("purgeExpired", {
  schedule: "0 17 * * * *",
  handler: (_timer, context) => purgeExpired(services, context),
});

// What administrators see and change.
api("getMe", routes.getMe, getMe);
api("listOrganizations", routes.listOrganizations, listOrganizations);
api("createOrganization", routes.createOrganization, createOrganization);
api("getOrganization", routes.getOrganization, getOrganization);
api("changeOrganization", routes.changeOrganization, changeOrganization);
api("createKey", routes.createKey, createKey);
api("revokeKey", routes.revokeKey, revokeKey);
api("pausePortal", routes.pausePortal, pausePortal);
api("resumePortal", routes.resumePortal, resumePortal);
api("createReplay", routes.createReplay, createReplay);
api("replayEvent", routes.replayEvent, replayEvent);
api("listReplays", routes.listReplays, listReplays);
api("getReplay", routes.getReplay, getReplay);
api("listReplayItems", routes.listReplayItems, listReplayItems);
api("stopReplay", routes.stopReplay, stopReplay);
api("listAudit", routes.listAudit, listAudit);
api("getPortalStatus", routes.getPortalStatus, getPortalStatus);
api("listEvents", routes.listEvents, listEvents);
api("getEvent", routes.getEvent, getEvent);
api("getEventPayload", routes.getEventPayload, getEventPayload);
api("exportEvents", routes.exportEvents, exportEvents);
api("listRejections", routes.listRejections, listRejections);
api("getAlerts", routes.getAlerts, getAlerts);
api("acknowledgeAlert", routes.acknowledgeAlert, acknowledgeAlert);
api("muteAlert", routes.muteAlert, muteAlert);
api("testAlert", routes.testAlert, testAlert);
api("getRejectionHistory", routes.getRejectionHistory, getRejectionHistory);
api("getRecord", routes.getRecord, getRecord);
api("getMapping", routes.getMapping, getMapping);
api("getMappingVersion", routes.getMappingVersion, getMappingVersion);
api("changeMapping", routes.changeMapping, changeMapping);
api("tryMapping", routes.tryMapping, tryMapping);
api("getSetup", routes.getSetup, getSetup);
api("getPlatformStatus", routes.getPlatformStatus, getPlatformStatus);
api("listPlatformEvents", routes.listPlatformEvents, listPlatformEvents);
api("getOpenApi", routes.getOpenApi, async () => ({ body: openApi() }));
