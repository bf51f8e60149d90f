import { TableClient } from "@azure/data-tables";
import { DefaultAzureCredential } from "@azure/identity";
import { ServiceBusClient } from "@azure/service-bus";
import { BlobServiceClient } from "@azure/storage-blob";
import type { Settings } from "./settings.ts";

/**
 * Clients of the Azure services: by connection string where one is given (it then wins, as in the Functions host),
 * else by managed identity. One code for both, so that what runs locally runs in Azure.
 */
export interface Connections {
  table: (name: string) => TableClient;
  blobs: BlobServiceClient;
  serviceBus: ServiceBusClient;
}

/** The app decides itself what a repeated write means, so the SDK must not repeat one unseen. */
const noRetries = { retryOptions: { maxRetries: 0 } };
/** A request that waits for minutes would block the events behind it. */
const serviceBusRetries = {
  retryOptions: { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 1000, timeoutInMs: 10_000 },
};

export function connect(settings: Settings): Connections {
  return { ...connectStorage(settings), serviceBus: connectServiceBus(settings) };
}

function credential(clientId: string | undefined): DefaultAzureCredential {
  return new DefaultAzureCredential(clientId ? { managedIdentityClientId: clientId } : {});
}

function connectServiceBus(settings: Settings): ServiceBusClient {
  if (settings.ServiceBus) return new ServiceBusClient(settings.ServiceBus, serviceBusRetries);
  const namespace = settings.ServiceBus__fullyQualifiedNamespace ?? "";
  return new ServiceBusClient(namespace, credential(settings.ServiceBus__clientId), serviceBusRetries);
}

function connectStorage(settings: Settings): Pick<Connections, "table" | "blobs"> {
  const text = settings.AzureWebJobsStorage;
  if (text) {
    const options = {
      ...noRetries,
      allowInsecureConnection: /(^|;)TableEndpoint=http:|UseDevelopmentStorage=true/i.test(text),
    };
    return {
      table: (name) => TableClient.fromConnectionString(text, name, options),
      blobs: BlobServiceClient.fromConnectionString(text),
    };
  }
  const account = settings.AzureWebJobsStorage__accountName;
  const tableUri =
    settings.AzureWebJobsStorage__tableServiceUri ?? `https://${account}.table.core.windows.net`;
  const blobUri = settings.AzureWebJobsStorage__blobServiceUri ?? `https://${account}.blob.core.windows.net`;
  const identity = credential(settings.AzureWebJobsStorage__clientId);
  return {
    table: (name) => new TableClient(tableUri, name, identity, noRetries),
    blobs: new BlobServiceClient(blobUri, identity),
  };
}
