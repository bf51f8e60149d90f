import { StartError } from "../startError.ts";
import { setting } from "./names.ts";

/** How to reach a Service Bus namespace. */
export type ServiceBusConnection =
  | { connectionString: string }
  | { fullyQualifiedNamespace: string; clientId: string | undefined; tenantId: string | undefined };

/**
 * Finds what a trigger's `connection` (the NAME of a setting, never the string itself) stands for:
 * `AzureWebJobs<name>` before `<name>`, each also under ConnectionStrings; else a section with
 * `fullyQualifiedNamespace`, which is reached with an identity.
 */
export function resolveConnection(
  name: string | undefined,
  environment: NodeJS.ProcessEnv,
): ServiceBusConnection {
  const wanted = name || "ServiceBus";
  for (const candidate of [`AzureWebJobs${wanted}`, wanted]) {
    const text = setting(candidate, environment) ?? setting(`ConnectionStrings:${candidate}`, environment);
    if (text !== undefined) return { connectionString: text };
    const namespace = setting(`${candidate}__fullyQualifiedNamespace`, environment);
    if (namespace === undefined) continue;
    return {
      fullyQualifiedNamespace: namespace,
      clientId: setting(`${candidate}__clientId`, environment),
      tenantId: setting(`${candidate}__tenantId`, environment),
    };
  }
  throw new StartError(
    `Service Bus account connection string with name '${name || "AzureWebJobsServiceBus"}' does not exist in the settings. ` +
      `Add ${wanted} (a connection string) or ${wanted}__fullyQualifiedNamespace to local.settings.json.`,
  );
}
