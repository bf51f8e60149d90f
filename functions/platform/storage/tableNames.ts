/** The app's tables. One spelling everywhere: Azurite tells capitals apart, Azure does not. */
export const tableNames = {
  organizations: "Organizations",
  syncLog: "SyncLog",
  recordEvents: "RecordEvents",
  records: "Records",
  platformStatus: "PlatformStatus",
  alerts: "Alerts",
  mappings: "Mappings",
  audit: "Audit",
  replays: "Replays",
} as const;
