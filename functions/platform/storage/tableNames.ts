/** The app's tables. One spelling everywhere: Azurite tells capitals apart, Azure does not. */
export const tableNames = {
  organizations: "Organizations",
  syncLog: "SyncLog",
  records: "Records",
  platformStatus: "PlatformStatus",
  alerts: "Alerts",
} as const;
