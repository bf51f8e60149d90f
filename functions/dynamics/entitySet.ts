/** Entity set names that do not follow the rule, or that are needed often. */
const known: Readonly<Record<string, string>> = {
  contact: "contacts",
  account: "accounts",
  msnfp_membership: "msnfp_memberships",
  msnfp_membershipcategory: "msnfp_membershipcategories",
  usersettings: "usersettingscollection",
};

/**
 * The Web API's name for the rows of a table. Dataverse forms it like an English plural; a table whose maker chose
 * another name is named in `overrides` (logical name → entity set name).
 */
export function entitySetName(table: string, overrides: Readonly<Record<string, string>> = {}): string {
  if (Object.hasOwn(overrides, table)) return overrides[table] as string;
  if (Object.hasOwn(known, table)) return known[table] as string;
  if (/[^aeiou]y$/.test(table)) return `${table.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(table) ? `${table}es` : `${table}s`;
}
