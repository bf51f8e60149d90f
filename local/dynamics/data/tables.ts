import { choice, column, initially, lookup, ownedColumns, platformColumns, text, yesNo } from "./columns.ts";
import type { Column } from "./columns.ts";
import { systemTables } from "./systemTables.ts";

/** The rows of another table whose lookup points here. */
type Collection = { navigation: string; table: string; lookup: string };

/** A table as the Web API and the webhooks know it. */
export type Table = {
  name: string;
  /** The name in Web API addresses. */
  setName: string;
  primaryKey: string;
  /** The column that holds a row's display name. */
  primaryName: string;
  columns: Map<string, Column>;
  collections: Collection[];
  /** Whether the table ships with change tracking. */
  changeTracking: boolean;
  /** Whether writes raise messages that webhook steps can be registered for. */
  raisesMessages: boolean;
};

/** A many-to-many relationship; its navigation property has the same name on both sides. */
type ManyToMany = { name: string; first: string; second: string };

/** What is needed to describe a table. */
export type TableDefinition = Omit<Table, "columns" | "primaryKey" | "collections"> & {
  primaryKey?: string;
  collections?: Collection[];
  columns: Column[];
};

/** Completes a definition with the columns that the platform gives every table. */
function defineTable({ columns, ...rest }: TableDefinition): Table {
  const primaryKey = rest.primaryKey ?? `${rest.name}id`;
  const all = [...platformColumns(primaryKey), ...columns];
  return {
    ...rest,
    primaryKey,
    collections: rest.collections ?? [],
    columns: new Map(all.map((column) => [column.name, column])),
  };
}

/** Dataverse ships 2,000 characters; an administrator can raise a multi-line column to this. */
const LONGEST_MEMO = 1_048_576;

const contact = defineTable({
  name: "contact",
  setName: "contacts",
  primaryName: "fullname",
  changeTracking: true,
  raisesMessages: true,
  columns: [
    { ...text("fullname", 160), readOnly: true },
    { ...text("yomifullname", 450), readOnly: true },
    text("firstname", 50),
    text("lastname", 50),
    text("jobtitle", 100),
    text("emailaddress1", 100),
    text("emailaddress2", 100),
    text("emailaddress3", 100),
    text("telephone1", 50),
    text("mobilephone", 50),
    text("address1_line1", 250),
    text("address1_line2", 250),
    text("address1_line3", 250),
    text("address1_stateorprovince", 50),
    text("address1_postalcode", 20),
    text("address1_city", 80),
    text("address1_country", 80),
    text("description", LONGEST_MEMO),
    column("birthdate", "date"),
    choice("gendercode", { 1: "Male", 2: "Female" }),
    initially(
      choice("preferredcontactmethodcode", { 1: "Any", 2: "Email", 3: "Phone", 4: "Fax", 5: "Mail" }),
      1,
    ),
    initially(yesNo("donotemail", ["Allow", "Do Not Allow"]), false),
    initially(yesNo("donotbulkemail", ["Allow", "Do Not Allow"]), false),
    initially(yesNo("merged"), false),
    lookup("masterid", "contact"),
    lookup(
      "parentcustomerid",
      { table: "account", navigation: "parentcustomerid_account" },
      { table: "contact", navigation: "parentcustomerid_contact" },
    ),
    text("msnfp_contactaccountnumber", 100),
    choice("msnfp_primaryconstituenttype", {
      844060000: "Volunteer",
      844060002: "Board Member",
      844060004: "Member",
      100000000: "Donor",
    }),
    column("msnfp_birthyear", "integer"),
    yesNo("msnfp_deceased"),
    yesNo("msnfp_anonymous"),
    text("adx_identity_username", 100),
    column("adx_identity_lastsuccessfullogin", "datetime"),
    ...ownedColumns(),
  ],
});

const account = defineTable({
  name: "account",
  setName: "accounts",
  primaryName: "name",
  changeTracking: true,
  raisesMessages: true,
  columns: [
    text("name", 160),
    text("accountnumber", 20),
    text("emailaddress1", 100),
    text("telephone1", 50),
    text("websiteurl", 200),
    text("address1_line1", 250),
    text("address1_line2", 250),
    text("address1_line3", 250),
    text("address1_stateorprovince", 50),
    text("address1_postalcode", 20),
    text("address1_city", 80),
    text("address1_country", 80),
    text("description", LONGEST_MEMO),
    column("numberofemployees", "integer"),
    column("revenue", "money"),
    choice("industrycode", { 1: "Accounting", 6: "Consulting", 12: "Education", 19: "Legal Services" }),
    initially(yesNo("merged"), false),
    lookup("masterid", "account"),
    lookup("primarycontactid", "contact"),
    lookup("parentaccountid", "account"),
    ...ownedColumns(),
  ],
  collections: [{ navigation: "contact_customer_accounts", table: "contact", lookup: "parentcustomerid" }],
});

const membership = defineTable({
  name: "msnfp_membership",
  setName: "msnfp_memberships",
  primaryName: "msnfp_name",
  changeTracking: false,
  raisesMessages: true,
  columns: [
    text("msnfp_name", 100),
    lookup(
      "msnfp_customer",
      { table: "contact", navigation: "msnfp_customer_contact" },
      { table: "account", navigation: "msnfp_customer_account" },
    ),
    column("msnfp_startdate", "date"),
    column("msnfp_enddate", "date"),
    ...ownedColumns(),
  ],
});

const membershipCategory = defineTable({
  name: "msnfp_membershipcategory",
  setName: "msnfp_membershipcategories",
  primaryName: "msnfp_name",
  changeTracking: false,
  raisesMessages: true,
  columns: [
    text("msnfp_name", 100),
    choice("msnfp_type", { 844060000: "Individual", 844060001: "Organization" }),
    ...ownedColumns(),
  ],
});

const TABLES: Table[] = [contact, account, membership, membershipCategory, ...systemTables.map(defineTable)];

/** The membership's level: a change arrives as Associate or Disassociate, never as Update. */
export const membershipLevel: ManyToMany = {
  name: "msnfp_msnfp_membership_msnfp_membershipcategory",
  first: "msnfp_membership",
  second: "msnfp_membershipcategory",
};

/** All tables by logical name. */
export const tables: ReadonlyMap<string, Table> = new Map(TABLES.map((table) => [table.name, table]));

/** All tables by their name in Web API addresses. */
export const tablesBySet: ReadonlyMap<string, Table> = new Map(TABLES.map((table) => [table.setName, table]));

/** The table of that logical name; an unknown name is a mistake in this program. */
export function tableNamed(name: string): Table {
  const table = tables.get(name);
  if (!table) throw new TypeError(`There is no table "${name}".`);
  return table;
}
