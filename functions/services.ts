import { createSendCard } from "./alerts/teams.ts";
import { DataverseFault } from "./dynamics/dataverseFault.ts";
import { createDataverseToken } from "./dynamics/dataverseToken.ts";
import { createDataverse } from "./dynamics/webApi.ts";
import type { DataverseToken } from "./dynamics/webApi.ts";
import { createAuthenticate } from "./identity/token.ts";
import { createDirectory } from "./organizations/directory.ts";
import type { OrganizationServices } from "./organizations/api.ts";
import { createOrganizationStore } from "./organizations/store.ts";
import { systemClock } from "./platform/clock.ts";
import { connect } from "./platform/connections.ts";
import { createBatchSender } from "./platform/messaging/batchSender.ts";
import type { SendOne } from "./platform/messaging/batchSender.ts";
import type { Settings } from "./platform/settings.ts";
import { azureTable } from "./platform/storage/azureTable.ts";
import { prepareStorage } from "./platform/storage/prepare.ts";
import { tableNames } from "./platform/storage/tableNames.ts";
import { eventQueues } from "./portal/eventMessage.ts";
import type { EventQueue } from "./portal/eventMessage.ts";
import { createLanes } from "./portal/lanes.ts";
import { createOversizeStore, oversizeContainer } from "./portal/oversize.ts";
import type { PlatformServices } from "./portal/platformApi.ts";
import type { ProcessServices } from "./portal/process.ts";
import { createPressure } from "./portal/pressure.ts";
import { createProjection } from "./portal/projection.ts";
import { createQueueAge } from "./portal/queueAge.ts";
import type { ReceiveServices } from "./portal/receive.ts";
import { createRowReader } from "./portal/rowReader.ts";
import type { SilenceServices } from "./portal/silence.ts";
import { createRecordStore } from "./records/recordStore.ts";
import { createRecorder } from "./sync-log/recorder.ts";
import { createRejectionRecorder } from "./sync-log/rejectionRecorder.ts";
import { readStatus } from "./sync-log/readStatus.ts";

/** Everything that handlers work with, built once a process. */
export type Services = ReceiveServices &
  ProcessServices &
  SilenceServices &
  OrganizationServices &
  PlatformServices & {
    /** Creates what is missing in storage, so that the app also starts on an empty account. */
    prepare: () => Promise<void>;
  };

export function createServices(settings: Settings): Services {
  const clock = systemClock;
  const connections = connect(settings);
  const { table, blobs, serviceBus } = connections;
  const syncLog = azureTable(table(tableNames.syncLog));
  const organizations = createOrganizationStore(azureTable(table(tableNames.organizations)), clock);
  const senders = new Map<EventQueue, SendOne>(
    Object.values(eventQueues).map((queue) => [queue, createBatchSender(serviceBus.createSender(queue))]),
  );
  const peekers = Object.values(eventQueues).map((queue) => serviceBus.createReceiver(queue));
  return {
    clock,
    random: Math.random,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    patienceMs: 45_000,
    pressure: createPressure(),
    authenticate: createAuthenticate(settings),
    organizations,
    directory: createDirectory(organizations, clock),
    syncLog,
    recorder: createRecorder({ table: syncLog, clock }),
    rejections: createRejectionRecorder({ table: syncLog }),
    records: createRecordStore({ table: azureTable(table(tableNames.records)) }),
    projection: createProjection({
      table: azureTable(table(tableNames.platformStatus)),
      readCounters: (organizationId, now) => readStatus(syncLog, organizationId, now),
      clock,
      onError: (message) => process.emitWarning(message),
    }),
    oversize: createOversizeStore(blobs),
    queueAge: createQueueAge(peekers, clock),
    chooseLane: createLanes(clock),
    send: (queue) => senders.get(queue) as SendOne,
    readRow: createRowReader(dataverse(settings), clock),
    alerts: {
      table: azureTable(table(tableNames.alerts)),
      clock,
      sendCard: settings.TEAMS_WEBHOOK_URL ? createSendCard(settings.TEAMS_WEBHOOK_URL) : null,
    },
    maxWebhookBytes: settings.WEBHOOK_MAX_BYTES,
    retryBaseMs: settings.RETRY_BASE_SECONDS * 1000,
    portalUrl: settings.PORTAL_URL,
    prepare: () => prepareStorage(connections, [oversizeContainer]),
  };
}

function dataverse(settings: Settings) {
  return createDataverse({
    clock: systemClock,
    furtherHosts: settings.DATAVERSE_HOSTS?.split(",").map((host) => host.trim()) ?? [],
    token: dataverseToken(settings),
  });
}

function dataverseToken(settings: Settings): DataverseToken {
  const { DATAVERSE_CLIENT_ID: clientId, DATAVERSE_CLIENT_SECRET: secret } = settings;
  if (!clientId || !secret) {
    const message =
      "The platform has no sign-in for Dynamics: set DATAVERSE_CLIENT_ID and DATAVERSE_CLIENT_SECRET.";
    return () => Promise.reject(new DataverseFault("refused", message));
  }
  const metadata = settings.DATAVERSE_AUTHORITY_METADATA;
  return createDataverseToken({
    clientId,
    tenantId: settings.ENTRA_TENANT_ID,
    credential: { secret },
    ...(metadata ? { authorityMetadata: metadata } : {}),
  });
}
