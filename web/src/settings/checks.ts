/** What is wrong with a value, as a sentence; null when nothing is. */
export type Check = (value: string) => string | null;

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Lets an empty value pass. */
export const optional =
  (check: Check): Check =>
  (value) =>
    value.trim() === "" ? null : check(value);

export const checkName: Check = (value) => {
  const { length } = value.trim();
  if (length === 0) return "Give the organization a name.";
  return length > 200 ? "Use at most 200 characters." : null;
};

export const checkOrganizationId: Check = (value) =>
  /^[a-z0-9][a-z0-9-]{0,39}$/.test(value)
    ? null
    : "Use 1 to 40 lower-case letters, digits and hyphens, starting with a letter or digit.";

export const checkGuid: Check = (value) =>
  guidPattern.test(value.trim()) ? null : "Use a GUID such as 00000000-0000-0000-0000-000000000000.";

export const checkAddress: Check = (value) => {
  const address = value.trim();
  const fine = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  return fine ? null : "Use a whole address, such as https://contoso.crm4.dynamics.com.";
};

/** A check that a value is a whole number from `least` to `most`. */
export const checkNumber =
  (least: number, most: number): Check =>
  (value) => {
    const number = Number(value);
    const fine = value.trim() !== "" && Number.isInteger(number) && number >= least && number <= most;
    return fine ? null : `Use a whole number from ${least} to ${most.toLocaleString("en")}.`;
  };

/** The id that fits a name: its letters and digits without accents, joined by hyphens. */
export function suggestId(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll("ß", "ss")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, "");
}

/** Runs each field's check; only fields with a fault are in the answer. */
export function faultsOf<Draft extends object>(
  draft: Draft,
  checks: { [Field in keyof Draft]: Check },
): Partial<Record<keyof Draft, string>> {
  const faults: Partial<Record<keyof Draft, string>> = {};
  for (const field of Object.keys(checks) as (keyof Draft)[]) {
    const fault = checks[field](String(draft[field]));
    if (fault) faults[field] = fault;
  }
  return faults;
}
