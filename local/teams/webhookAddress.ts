/** Path of the one workflow there is; it looks as the address of a real one does. */
export const WEBHOOK_PATH =
  "/powerautomate/automations/direct/workflows/7f4c2a9be1d84f63a05c8d1e6b3f9a27/triggers/manual/paths/invoke";

/** The secret of a workflow's address. Fixed, so that an address kept in settings outlives a restart. */
const SIGNATURE = "local-kR3vX0pQ7mW9sT2bN5yH8dF1gJ4lZ6cA";

/** The address that an alert setting is given. */
export function webhookAddress(url: string): string {
  return `${url}${WEBHOOK_PATH}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${SIGNATURE}`;
}

/** Whether a call brings the secret of the address. */
export function isSigned(query: { sig?: string }): boolean {
  return query.sig === SIGNATURE;
}
