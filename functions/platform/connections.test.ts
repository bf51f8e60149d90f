import { expect, it } from "vitest";
import { connect } from "./connections.ts";
import { readSettings } from "./settings.ts";

const common = {
  ENTRA_TENANT_ID: "0f3a6c52-6d0e-4c1b-9a53-7f0d5a3b1c01",
  ENTRA_CLIENT_ID: "5b1d7c84-2e7f-4a6d-8b90-3c9e6f2a4d02",
  PORTAL_URL: "https://portal.example",
};
const byIdentity = {
  ServiceBus__fullyQualifiedNamespace: "portal-sync.servicebus.windows.net",
  AzureWebJobsStorage__accountName: "portalsync",
};
const byConnectionString = {
  ServiceBus:
    "Endpoint=sb://127.0.0.1:5672;SharedAccessKeyName=Root;SharedAccessKey=a;UseDevelopmentEmulator=true",
  AzureWebJobsStorage: "UseDevelopmentStorage=true",
};

/** Where the clients lead with these settings. Nothing is connected until a client is used. */
async function addressesWith(settings: Record<string, string>) {
  const { table, blobs, serviceBus } = connect(readSettings({ ...common, ...settings }));
  const { fullyQualifiedNamespace } = serviceBus;
  await serviceBus.close();
  return { table: table("SyncLog").url, blobs: blobs.url, serviceBus: fullyQualifiedNamespace };
}

it("leads to the account and the namespace by identity", async () => {
  expect(await addressesWith(byIdentity)).toEqual({
    table: "https://portalsync.table.core.windows.net",
    blobs: "https://portalsync.blob.core.windows.net/",
    serviceBus: "portal-sync.servicebus.windows.net",
  });
});

it("leads to the addresses that are given where they do not follow from a name", async () => {
  const { AzureWebJobsStorage__accountName: _, ...bus } = byIdentity;
  const addresses = await addressesWith({
    ...bus,
    AzureWebJobsStorage__tableServiceUri: "https://tables.example",
    AzureWebJobsStorage__blobServiceUri: "https://blobs.example",
  });
  expect(addresses).toMatchObject({ table: "https://tables.example", blobs: "https://blobs.example/" });
});

it("leads to the emulators by connection string, which wins over an identity as it does in the Functions host", async () => {
  const emulators = {
    table: "http://127.0.0.1:10002/devstoreaccount1",
    blobs: "http://127.0.0.1:10000/devstoreaccount1",
    serviceBus: "127.0.0.1",
  };
  expect(await addressesWith(byConnectionString)).toEqual(emulators);
  expect(await addressesWith({ ...byIdentity, ...byConnectionString })).toEqual(emulators);
});
