import { randomUUID } from "node:crypto";
import { createSendMessage } from "./alerts/teams.ts";
import { DataverseFault } from "./dynamics/dataverseFault.ts";
import { createDataverseToken } from "./dynamics/dataverseToken.ts";
import { createDataverse } from "./dynamics/webApi.ts";
import type { DataverseToken } from "./dynamics/webApi.ts";
import { createAuthenticate } from "./identity/token.ts";
import { createAudit } from "./organizations/audit.ts";
import type { AuditServices } from "./organizations/auditApi.ts";
import { createDirectory } from "./organizations/directory.ts";
import { createKeyUse } from "./organizations/keyUse.ts";
import type { OrganizationServices } from "./organizations/api.ts";
import { createOrganizationStore } from "./organizations/store.ts";
import { createTeamsAddresses } from "./organizations/teamsAddress.ts";
import { systemClock } from "./platform/clock.ts";
import { connect } from "./platform/connections.ts";
import { createBatchSender } from "./platform/messaging/batchSender.ts";
import type { SendOne } from "./platform/messaging/batchSender.ts";
import { createSeal } from "./platform/seal.ts";
import type { Settings } from "./platform/settings.ts";
import { realSleep } from "./platform/sleep.ts";
import { azureTable } from "./platform/storage/azureTable.ts";
import { prepareStorage } from "./platform/storage/prepare.ts";
import { tableNames } from "./platform/storage/tableNames.ts";
import { eventQueues, replayQueue } from "./portal/eventMessage.ts";
import type { EventQueue } from "./portal/eventMessage.ts";
import { createLanes } from "./portal/lanes.ts";
import { createOversizeStore, oversizeContainer } from "./portal/oversize.ts";
import type { MappingServices } from "./portal/mappingApi.ts";
import type { PlatformServices } from "./portal/platformApi.ts";
import type { ProcessServices } from "./portal/process.ts";
import { createPressure } from "./portal/pressure.ts";
import { createProjection } from "./portal/projection.ts";
import { createQueueAge } from "./portal/queueAge.ts";
import type { ReceiveServices } from "./portal/receive.ts";
import type { RecordServices } from "./portal/recordApi.ts";
import type { ReplayApiServices } from "./portal/replay/api.ts";
import { createReplayStore } from "./portal/replay/replayStore.ts";
import { createRowReader } from "./portal/rowReader.ts";
import type { WatchServices } from "./portal/watch.ts";
import { createMappings } from "./records/mappingProvider.ts";
import { createMappingStore } from "./records/mappingStore.ts";
import { createRecordStore } from "./records/recordStore.ts";
import { createRecordIndex, withRecordIndex } from "./sync-log/recordIndex.ts";
import { createRecorder } from "./sync-log/recorder.ts";
import { createRejectionRecorder } from "./sync-log/rejectionRecorder.ts";
import { readStatus } from "./sync-log/readStatus.ts";

/** Everything that handlers work with, built once a process. */
export type Services = ReceiveServices &
  ProcessServices &
  WatchServices &
  OrganizationServices &
  AuditServices &
  MappingServices &
  PlatformServices &
  RecordServices &
  ReplayApiServices & {
    /** Creates what is missing in storage, so that the app also starts on an empty account. */
    prepare: () => Promise<void>;
  };

export function createServices(settings: Settings): Services {
  const clock = systemClock;
  const connections = connect(settings);
  const { table, blobs, serviceBus } = connections;
  const syncLog = azureTable(table(tableNames.syncLog));
  const recordEvents = azureTable(table(tableNames.recordEvents));
  const recordTable = azureTable(table(tableNames.records));
  const organizationTable = azureTable(table(tableNames.organizations));
  const organizations = createOrganizationStore(organizationTable, clock);
  const mappingStore = createMappingStore(azureTable(table(tableNames.mappings)), clock);
  const senders = new Map<EventQueue, SendOne>(
    Object.values(eventQueues).map((queue) => [queue, createBatchSender(serviceBus.createSender(queue))]),
  );
  const peekers = Object.values(eventQueues).map((queue) => serviceBus.createReceiver(queue));
  return {
    clock,
    random: Math.random,
    sleep: realSleep,
    patienceMs: 45_000,
    pressure: createPressure(),
    authenticate: createAuthenticate(settings),
    organizations,
    directory: createDirectory(organizations, clock),
    keyUse: createKeyUse({
      table: organizationTable,
      clock,
      onError: (message) => process.emitWarning(message),
    }),
    ...createTeamsAddresses(
      settings.SECRETS_KEY ? createSeal(settings.SECRETS_KEY) : null,
      hostList(settings.TEAMS_HOSTS),
    ),
    audit: createAudit({ table: azureTable(table(tableNames.audit)), clock }),
    mappingStore,
    mappings: createMappings(mappingStore, clock),
    syncLog,
    recordEvents,
    recordTable,
    recorder: withRecordIndex(
      createRecorder({ table: syncLog, clock }),
      createRecordIndex({ syncLog, recordEvents }),
    ),
    rejections: createRejectionRecorder({ table: syncLog }),
    records: createRecordStore({ table: recordTable }),
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
    replays: createReplayStore({ table: azureTable(table(tableNames.replays)), clock }),
    sendStep: createBatchSender(serviceBus.createSender(replayQueue)),
    readRow: createRowReader(dataverse(settings), clock),
    alerts: {
      table: azureTable(table(tableNames.alerts)),
      clock,
      sendMessage: createSendMessage(),
      platformAddress: settings.TEAMS_WEBHOOK_URL ?? null,
      portalUrl: settings.PORTAL_URL,
      newId: randomUUID,
    },
    maxWebhookBytes: settings.WEBHOOK_MAX_BYTES,
    retryBaseMs: settings.RETRY_BASE_SECONDS * 1000,
    prepare: () => prepareStorage(connections, [oversizeContainer]),
  };
}

function hostList(text: string | undefined): string[] {
  return text?.split(",").map((host) => host.trim()) ?? [];
}

function dataverse(settings: Settings) {
  return createDataverse({
    clock: systemClock,
    furtherHosts: hostList(settings.DATAVERSE_HOSTS),
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
