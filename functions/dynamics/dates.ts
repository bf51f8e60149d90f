/** The times that Dataverse can hold, those of .NET's `DateTime`: the years 1 to 9999. ISO text has four digits for the year as well. */
const earliest = Date.parse("0001-01-01T00:00:00.000Z");
const latest = Date.parse("9999-12-31T23:59:59.999Z");
const wcfDate = /^\/Date\((-?\d{1,16})([+-]\d{4})?\)\/$/;
const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * Reads a date-time of Dataverse, `/Date(ms)/`, `/Date(ms+hhmm)/` or ISO 8601, as milliseconds UTC. The offset of
 * the first form is for display only; ISO text without a zone is UTC, which is what Dataverse stores. Null when the
 * text is anything else, or a time outside of the years 1 to 9999.
 */
export function toMilliseconds(text: string): number | null {
  const wcf = wcfDate.exec(text);
  if (wcf) return within(Number(wcf[1]));
  const iso = isoDate.exec(text);
  if (!iso || !isDay(text.slice(0, 10))) return null;
  return within(Date.parse(iso[3] === undefined ? `${text}Z` : text));
}

/**
 * Reads `OperationCreatedOn`. Unlike every other date, the asynchronous service writes its local time as if it were
 * UTC and adds the offset: in every captured body with an offset other than zero the true instant is ms + offset
 * (it then lies at or a second after the row's `modifiedon`). Null as of {@link toMilliseconds}.
 */
export function operationCreatedMilliseconds(text: string): number | null {
  const [, ms, offset] = wcfDate.exec(text) ?? [];
  if (ms === undefined || offset === undefined) return toMilliseconds(text);
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3));
  return within(Number(ms) + (offset.startsWith("-") ? -minutes : minutes) * 60_000);
}

/** `Date` takes 30 February for 1 March. */
function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function within(ms: number): number | null {
  return ms >= earliest && ms <= latest ? ms : null;
}
