/**
 * The address at which a person opens a row in Dynamics; null when one of the parts is not known. The environment's
 * address may be one of a page of Dynamics, as people copy it.
 */
export function recordUrl(
  environmentUrl: string | null,
  table: string | null,
  recordId: string | null,
): string | null {
  const environment = environmentUrl === null ? null : URL.parse(environmentUrl);
  if (!environment || table === null || recordId === null) return null;
  const path = environment.pathname.replace(/\/(main\.aspx)?$/i, "");
  const query = new URLSearchParams({ etn: table, pagetype: "entityrecord", id: recordId });
  return `${environment.origin}${path}/main.aspx?${query.toString()}`;
}
