/** An instant as a `datetime-local` input writes it: local time, to the minute; empty for null. */
export function toInputValue(at: number | null): string {
  if (at === null) return "";
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The instant that a `datetime-local` input's value names; null when it is empty or incomplete. */
export function fromInputValue(value: string): number | null {
  const at = value === "" ? Number.NaN : new Date(value).getTime();
  return Number.isNaN(at) ? null : at;
}
