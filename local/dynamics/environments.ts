import { stableGuid } from "./data/guid.ts";
import type { Environment } from "./data/environment.ts";
import type { EnvironmentStore } from "./data/store.ts";
import { seedEnvironment } from "./seed/seed.ts";
import { deliver, succeeded } from "./webhooks/deliver.ts";
import type { DeliveryTimes } from "./webhooks/deliver.ts";
import { deliveryLog } from "./webhooks/deliveryLog.ts";
import type { DeliveryLog } from "./webhooks/deliveryLog.ts";
import { createDispatcher } from "./webhooks/dispatcher.ts";
import type { Dispatcher } from "./webhooks/dispatcher.ts";
import { encodeBody } from "./webhooks/body.ts";
import type { WebhookJob } from "./webhooks/job.ts";
import { planJobs } from "./webhooks/plan.ts";
import { deliveryHeaders, deliveryUrl } from "./webhooks/request.ts";
import { completeJob, recordJob, unfinishedJobs } from "./webhooks/systemJobs.ts";

/** What identifies an environment. */
export type EnvironmentIdentity = { id: string; name: string; organizationId: string };

/** A running environment: its data, and the deliveries that its writes cause. */
export type RunningEnvironment = {
  env: Environment;
  log: DeliveryLog;
  dispatcher: Dispatcher;
  resume: () => void;
};

/** What a running environment needs from outside. */
type EnvironmentServices = {
  store: EnvironmentStore;
  now: () => Date;
  times: DeliveryTimes;
  /** Abandons deliveries under way; they are made again at the next start. */
  stop: AbortSignal;
  /** The host that deliveries name as their sender. */
  domainName: () => string;
};

/** Opens an environment, filling it with sample rows the first time. */
export function openEnvironment(
  identity: EnvironmentIdentity,
  services: EnvironmentServices,
): RunningEnvironment {
  const { store, now } = services;
  const log = deliveryLog();
  const dispatcher = createDispatcher((job) => send(job, log, services));
  const start = (job: WebhookJob) => {
    log.add(job);
    dispatcher.add(job);
  };
  const env: Environment = {
    ...identity,
    ...people(identity.id),
    store,
    now,
    raise: (operation) => {
      const planned = planJobs(env, operation);
      for (const job of planned) recordJob(store, job, now());
      return () => {
        for (const { job } of planned) start(job);
      };
    },
  };
  seedEnvironment(env);
  return { env, log, dispatcher, resume: () => unfinishedJobs(store).forEach(start) };
}

/** Delivers one job and records how that ended. Abandoned deliveries stay recorded as waiting. */
async function send(job: WebhookJob, log: DeliveryLog, services: EnvironmentServices): Promise<void> {
  const { store, now, times, stop, domainName } = services;
  const endpoint = store.row("serviceendpoint", job.endpointId);
  try {
    const attempts = endpoint
      ? await deliver(
          {
            url: deliveryUrl(endpoint),
            headers: deliveryHeaders(endpoint, job, domainName()),
            body: encodeBody(job.body, Number(endpoint.values["messagecharset"])),
          },
          times,
          stop,
        )
      : [];
    completeJob(store, job, attempts, now());
    log.finish(job, succeeded(attempts) ? "delivered" : "failed", attempts);
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}

/** The same ids on every computer, like the rest of the sample data. */
function people(id: string): Pick<Environment, "businessUnitId" | "editor" | "application"> {
  return {
    businessUnitId: stableGuid(id, "businessunit"),
    editor: {
      userId: stableGuid(id, "systemuser", "editor"),
      directoryId: stableGuid(id, "directory", "editor"),
      userAgent: "",
      acceptLanguage: "en-US,en;q=0.9",
      applicationName: "membership",
    },
    application: {
      userId: stableGuid(id, "systemuser", "application"),
      directoryId: stableGuid(id, "directory", "application"),
      userAgent: "",
    },
  };
}
