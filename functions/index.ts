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
import { describeError } from "./platform/log.ts";
import { readSettings } from "./platform/settings.ts";
import { getEvent, getEventPayload, getPortalStatus, listEvents, listRejections } from "./portal/api.ts";
import { eventQueues } from "./portal/eventMessage.ts";
import { getPlatformStatus, listPlatformEvents } from "./portal/platformApi.ts";
import { purgeExpired } from "./portal/purgeExpired.ts";
import { processArrivals, processRead } from "./portal/process.ts";
import { receive, webhookRoute } from "./portal/receive.ts";
import { recordDeadLetters } from "./portal/recordDeadLetters.ts";
import { flagSilence } from "./portal/silence.ts";
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
queue("processBulk", eventQueues.bulk, "many", processArrivals);
queue("processRead", eventQueues.reads, "one", processRead);

// … and what the queues gave up is recorded as well.
queue("recordDeadLetters", `${eventQueues.arrivals}/$DeadLetterQueue`, "many", recordDeadLetters);
queue("recordDeadLettersBulk", `${eventQueues.bulk}/$DeadLetterQueue`, "many", recordDeadLetters);
queue("recordDeadLettersRead", `${eventQueues.reads}/$DeadLetterQueue`, "many", recordDeadLetters);

// Every minute: who fell silent, and the lines of the platform screen.
app.timer("flagSilence", {
  schedule: "0 * * * * *",
  handler: (_timer, context) => flagSilence(services, context),
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
api("getPortalStatus", routes.getPortalStatus, getPortalStatus);
api("listEvents", routes.listEvents, listEvents);
api("getEvent", routes.getEvent, getEvent);
api("getEventPayload", routes.getEventPayload, getEventPayload);
api("listRejections", routes.listRejections, listRejections);
api("getPlatformStatus", routes.getPlatformStatus, getPlatformStatus);
api("listPlatformEvents", routes.listPlatformEvents, listPlatformEvents);
api("getOpenApi", routes.getOpenApi, async () => ({ body: openApi() }));
