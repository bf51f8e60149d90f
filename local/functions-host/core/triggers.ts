import { parseSchedule } from "../timer/schedule.ts";
import type { Schedule } from "../timer/schedule.ts";
import type { HostSettings } from "../settings/hostJson.ts";
import { resolveNames } from "../settings/names.ts";
import { resolveConnection } from "../settings/connections.ts";
import type { ServiceBusConnection } from "../settings/connections.ts";
import type { Binding } from "./coreTypes.ts";

/** A trigger with everything resolved that the runtime needs. */
export type Trigger = HttpTrigger | ServiceBusTrigger | TimerTrigger;

interface HttpTrigger {
  type: "http";
  /** Upper case. */
  methods: string[];
  /** The template below the route prefix. */
  route: string;
  authLevel: "anonymous" | "function" | "admin";
}

export interface ServiceBusTrigger {
  type: "serviceBus";
  entity: Entity;
  connection: ServiceBusConnection;
  many: boolean;
  sessions: boolean;
  autoComplete: boolean;
  /** `dataType: "binary"`: the function gets Buffers rather than text. */
  binary: boolean;
}

/** Where messages are received from. */
export interface Entity {
  name: string;
  subscription: string | undefined;
  deadLetter: boolean;
  /** The path as messages about it show it. */
  path: string;
}

export interface TimerTrigger {
  type: "timer";
  schedule: Schedule;
  runOnStartup: boolean;
  useMonitor: boolean;
}

interface Surroundings {
  host: HostSettings;
  environment: NodeJS.ProcessEnv;
}

/** Options of every binding that say nothing to this host. */
const COMMON = ["type", "direction", "name", "properties"];
const DEAD_LETTER = /\/\$deadletterqueue$/i;

/** Checks and resolves a trigger; throws an error that names the type or option it does not support. */
export function readTrigger(functionName: string, binding: Binding, around: Surroundings): Trigger {
  switch (binding.type.toLowerCase()) {
    case "httptrigger":
      return readHttpTrigger(functionName, binding);
    case "servicebustrigger":
      return readServiceBusTrigger(binding, around);
    case "timertrigger":
      return readTimerTrigger(binding, around);
    default:
      throw new Error(
        `trigger type ${binding.type} is not supported by the local host (it has httpTrigger, serviceBusTrigger and timerTrigger).`,
      );
  }
}

/** Throws for an option outside of `known`, so that nothing an app relies on is silently left out. */
export function refuseUnknownOptions(binding: Binding, known: string[]): void {
  const unknown = Object.keys(binding).filter((key) => !known.includes(key) && !COMMON.includes(key));
  if (unknown.length > 0)
    throw new Error(`${binding.type} option ${unknown.join(", ")} is not supported by the local host.`);
  if (binding["sdkBinding"] === true)
    throw new Error(`${binding.type} option sdkBinding is not supported by the local host.`);
}

function readHttpTrigger(functionName: string, binding: Binding): HttpTrigger {
  refuseUnknownOptions(binding, ["methods", "route", "authLevel", "dataType"]);
  const route = typeof binding["route"] === "string" ? binding["route"].replace(/^\/+/, "") : functionName;
  const reserved = /^(admin|runtime)/i.exec(route);
  if (reserved)
    throw new Error(`the route '${route}' conflicts with one or more built in routes (${reserved[0]}…).`);
  const methods = (binding["methods"] as string[] | undefined) ?? ["GET", "POST"];
  return {
    type: "http",
    route,
    methods: methods.map((method) => method.toUpperCase()),
    authLevel: (binding["authLevel"] as HttpTrigger["authLevel"] | undefined) ?? "anonymous",
  };
}

function readServiceBusTrigger(binding: Binding, { host, environment }: Surroundings): ServiceBusTrigger {
  refuseUnknownOptions(binding, [
    "connection",
    "queueName",
    "topicName",
    "subscriptionName",
    "cardinality",
    "isSessionsEnabled",
    "autoCompleteMessages",
    "dataType",
    "sdkBinding",
  ]);
  const autoComplete = binding["autoCompleteMessages"] as boolean | undefined;
  return {
    type: "serviceBus",
    entity: readEntity(binding, environment),
    connection: resolveConnection(binding["connection"] as string | undefined, environment),
    many: binding["cardinality"] === "many",
    sessions: binding["isSessionsEnabled"] === true,
    autoComplete: autoComplete ?? host.serviceBus.autoCompleteMessages,
    binary: binding["dataType"] === "binary",
  };
}

/** The dead-letter queue is written as the entity's own name followed by `/$DeadLetterQueue`. */
function readEntity(binding: Binding, environment: NodeJS.ProcessEnv): Entity {
  const text = (key: string) => {
    const value = binding[key];
    return typeof value === "string" && value !== "" ? resolveNames(value, environment) : undefined;
  };
  const main = text("queueName") ?? text("topicName");
  if (main === undefined)
    throw new Error("the trigger needs a queueName, or a topicName with a subscriptionName.");
  const subscription = text("subscriptionName");
  if (binding["topicName"] !== undefined && subscription === undefined)
    throw new Error("the trigger has a topicName but no subscriptionName.");
  const path = subscription === undefined ? main : `${main}/${subscription}`;
  return {
    path,
    deadLetter: DEAD_LETTER.test(path),
    name: subscription === undefined ? main.replace(DEAD_LETTER, "") : main,
    subscription: subscription?.replace(DEAD_LETTER, ""),
  };
}

function readTimerTrigger(binding: Binding, { environment }: Surroundings): TimerTrigger {
  refuseUnknownOptions(binding, ["schedule", "runOnStartup", "useMonitor"]);
  const text = typeof binding["schedule"] === "string" ? binding["schedule"] : "";
  const schedule = parseSchedule(resolveNames(text, environment));
  return {
    type: "timer",
    schedule,
    runOnStartup: binding["runOnStartup"] === true,
    useMonitor: binding["useMonitor"] !== false && schedule.atLeastAMinute,
  };
}
