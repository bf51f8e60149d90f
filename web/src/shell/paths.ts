/** Address of an organization's portal integration screen. */
export function portalPath(organizationId: string): string {
  return `/organizations/${encodeURIComponent(organizationId)}/portal`;
}
