/** Address of an organization's portal integration screen. */
export function portalPath(organizationId: string): string {
  return `/organizations/${encodeURIComponent(organizationId)}/portal`;
}

/** Address of an organization's settings, at one of their tabs. */
export function settingsPath(organizationId: string, tab = "general"): string {
  return `/organizations/${encodeURIComponent(organizationId)}/settings/${tab}`;
}

/** Address of the guided flow that makes an organization; with an id, where it was left. */
export function newOrganizationPath(organizationId?: string): string {
  return organizationId ? `/platform/new/${encodeURIComponent(organizationId)}` : "/platform/new";
}

/** Address of one event in the log of its organization. */
export function eventPath(organizationId: string, eventId: string): string {
  return `${portalPath(organizationId)}?event=${encodeURIComponent(eventId)}`;
}

/** Address of a record and its history. */
export function recordPath(organizationId: string, recordId: string): string {
  return `/organizations/${encodeURIComponent(organizationId)}/records/${encodeURIComponent(recordId)}`;
}

/** Address of the refused requests of an organization. */
export function rejectionsPath(organizationId: string): string {
  return `/organizations/${encodeURIComponent(organizationId)}/rejections`;
}

/** Address of an organization's last replays. */
export function replaysPath(organizationId: string): string {
  return `/organizations/${encodeURIComponent(organizationId)}/replays`;
}

/** Address of one replay. */
export function replayPath(organizationId: string, replayId: string): string {
  return `${replaysPath(organizationId)}/${encodeURIComponent(replayId)}`;
}
