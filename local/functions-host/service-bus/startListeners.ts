import type { ServiceBusReceiver } from "@azure/service-bus";
import type { AppFunction } from "../core/appFunctions.ts";
import { runFunction } from "../core/runFunction.ts";
import type { RunServices } from "../core/runFunction.ts";
import type { ServiceBusTrigger } from "../core/triggers.ts";
import type { ServiceBusSettings } from "../settings/serviceBusSettings.ts";
import { listenToBatches } from "./batchListener.ts";
import type { Namespaces } from "./clients.ts";
import { keepListening } from "./keepListening.ts";
import type { LinkListener, Listener } from "./listener.ts";
import { batchInput, singleMessageInput } from "./messageData.ts";
import { acceptSession, createReceiver } from "./receivers.ts";
import { listenToSessions } from "./sessionListener.ts";
import { listenToMessages } from "./singleListener.ts";

/** What the Service Bus triggers need. */
interface ListenerServices extends RunServices {
  settings: ServiceBusSettings;
  namespaces: Namespaces;
  /** The app's capability `IncludeEmptyEntriesInMessagePayload`. */
  includeEmpty: boolean;
}

/** Starts to listen for every Service Bus function that is not disabled. Never fails: a broker may be away. */
export function startListeners(functions: AppFunction[], services: ListenerServices): Listener[] {
  return functions.flatMap((appFunction) => {
    const { trigger, disabled } = appFunction;
    return trigger.type === "serviceBus" && !disabled ? [listen(appFunction, trigger, services)] : [];
  });
}

function listen(appFunction: AppFunction, trigger: ServiceBusTrigger, services: ListenerServices): Listener {
  const { settings, namespaces, log } = services;
  const { openForReceiving, sessions, trouble } = namespaces.get(trigger.connection);
  const entityPath = trigger.entity.path;
  // A batch is not renewed while it runs, as in the host: what does not finish within the lock comes again.
  const renewalMs = trigger.many ? 0 : settings.maxAutoLockRenewalMs;
  if (!trigger.sessions)
    return keepListening({
      entityPath,
      trouble,
      open() {
        const client = openForReceiving();
        const receiver = createReceiver(client, trigger.entity);
        const { lost, stop } = listenOn(receiver, settings.maxConcurrentCalls);
        return {
          lost,
          async stop() {
            await stop();
            // Its goodbye to a broker that is away may take long, and nobody has to wait for it.
            client.close().catch(() => undefined);
          },
        };
      },
    });
  return listenToSessions({
    entityPath,
    maxConcurrentSessions: trigger.many ? 1 : settings.maxConcurrentSessions,
    idleMs: settings.sessionIdleMs,
    trouble,
    accept: (abort) => acceptSession(sessions, trigger.entity, renewalMs, abort),
    listen: (receiver, onActivity) => listenOn(receiver, settings.maxConcurrentCallsPerSession, onActivity),
  });

  function listenOn(
    receiver: ServiceBusReceiver,
    maxConcurrentCalls: number,
    onActivity?: (idle: boolean) => void,
  ): LinkListener {
    const onOpen = () => trouble.works(entityPath);
    const common = { receiver, autoComplete: trigger.autoComplete, log, onOpen, onActivity };
    const data = { binary: trigger.binary, includeEmpty: services.includeEmpty };
    return trigger.many
      ? listenToBatches({
          ...common,
          settings,
          renewalMs: trigger.sessions ? 0 : Infinity,
          run: (messages) => runFunction(services, appFunction, batchInput(messages, data)),
        })
      : listenToMessages({
          ...common,
          maxConcurrentCalls,
          renewalMs: trigger.sessions ? 0 : renewalMs,
          run: (message) => runFunction(services, appFunction, singleMessageInput(message, data)),
        });
  }
}
