import type { AppFunction } from "../core/appFunctions.ts";
import type { RunServices } from "../core/runFunction.ts";
import type { ServiceBusSettings } from "../settings/serviceBusSettings.ts";
import { createNamespaces } from "./clients.ts";
import { createOutputSender } from "./sendOutputs.ts";
import { startListeners } from "./startListeners.ts";

/** All of the app's Service Bus: what it sends, and the triggers at work. */
export interface ServiceBusSide {
  sendOutputs: RunServices["sendOutputs"];
  /** Takes no more messages and lets running functions end. */
  stop: () => Promise<void>;
  /** Closes the connections; after `stop`. */
  close: () => Promise<void>;
}

/** What the Service Bus side needs from the runtime. */
export interface ServiceBusSideOptions extends Omit<RunServices, "sendOutputs"> {
  /** The functions whose messages are received here. */
  listening: AppFunction[];
  settings: ServiceBusSettings;
  /** The app's capability `IncludeEmptyEntriesInMessagePayload`. */
  includeEmpty: boolean;
}

/** Starts the triggers. */
export function startServiceBusSide(options: ServiceBusSideOptions): ServiceBusSide {
  const { listening, settings, log } = options;
  const namespaces = createNamespaces(log, settings.tryTimeoutMs);
  const sendOutputs = createOutputSender(namespaces);
  const listeners = startListeners(listening, { ...options, namespaces, sendOutputs });
  return {
    sendOutputs,
    async stop() {
      await Promise.all(listeners.map((listener) => listener.stop()));
    },
    close: () => namespaces.close(),
  };
}
