import { rootOf } from "./environmentAddress.ts";

/** The address at which a person opens a row in Dynamics; null when one of the parts is not known. */
export function recordUrl(
  environmentUrl: string | null,
  table: string | null,
  recordId: string | null,
): string | null {
  const environment = environmentUrl === null ? null : URL.parse(environmentUrl);
  if (!environment || table === null || recordId === null) return null;
  const query = new URLSearchParams({ etn: table, pagetype: "entityrecord", id: recordId });
  return `${rootOf(environment)}/main.aspx?${query.toString()}`;
}
