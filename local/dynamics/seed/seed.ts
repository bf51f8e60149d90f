import type { Value } from "../data/columns.ts";
import { initialValues, derivedValues } from "../data/derived.ts";
import type { Caller, Environment } from "../data/environment.ts";
import { stableGuid } from "../data/guid.ts";
import { membershipLevel, tableNamed } from "../data/tables.ts";
import { installMessages } from "../webhooks/registration.ts";
import { companyKinds, companyNames, places } from "./names.ts";
import { inventPerson, phoneNumber } from "./people.ts";
import { seededRandom } from "./random.ts";
import type { Random } from "./random.ts";

type Values = Record<string, Value>;

const CONTACTS = 260;
const ACCOUNTS = 30;

/** Membership levels; the chance that a member has it falls from first to last. */
const CATEGORIES = ["Full member", "Student", "Associate", "Fellow", "Retired", "Corporate"];

/** Fills a new environment, once. The same environment id and year always give the same rows. */
export function seedEnvironment(env: Environment): void {
  if (env.store.setting("seeded")) return;
  env.store.transaction(() => {
    const random = seededRandom(env.id);
    const put = rowWriter(env, random);
    installMessages(env);
    addUsers(env);
    const categories = CATEGORIES.map((msnfp_name) =>
      put("msnfp_membershipcategory", msnfp_name, {
        msnfp_name,
        msnfp_type: msnfp_name === "Corporate" ? 844060001 : 844060000,
      }),
    );
    const accounts = Array.from({ length: ACCOUNTS }, (_, index) =>
      put("account", String(index), inventCompany(random, index)),
    );
    for (let index = 0; index < CONTACTS; index++) {
      const employer = random.chance(0.45) ? { table: "account", id: random.pick(accounts) } : null;
      const person = { ...inventPerson(random, index), parentcustomerid: employer };
      const id = put("contact", String(index), person);
      if (random.chance(0.8)) addMembership(env, random, put, { table: "contact", id }, categories);
    }
    for (const id of accounts.slice(0, 8)) {
      addMembership(env, random, put, { table: "account", id }, categories.slice(-1));
    }
    env.store.setSetting("seeded", "yes");
  });
}

type Put = (table: string, key: string, values: Values) => string;

function addMembership(
  env: Environment,
  random: Random,
  put: Put,
  customer: { table: string; id: string },
  categories: string[],
): void {
  const year = env.now().getUTCFullYear();
  const lapsed = random.chance(0.12);
  const end = lapsed ? year - 1 : year + random.below(2);
  const level = Math.min(random.below(categories.length), random.below(categories.length));
  const category = categories[level] ?? "";
  const id = put("msnfp_membership", customer.id, {
    msnfp_name: `${end} ${CATEGORIES[CATEGORIES.length - categories.length + level] ?? ""}`,
    msnfp_customer: customer,
    msnfp_startdate: `${end - 1 - random.below(12)}-01-01`,
    msnfp_enddate: `${end}-12-31`,
    ...(lapsed ? { statecode: 1, statuscode: 2 } : {}),
  });
  env.store.link(membershipLevel.name, id, category);
}

/** Writes rows as if they had been there for a while: no webhook is told about them. */
function rowWriter(env: Environment, random: Random): Put {
  const year = env.now().getUTCFullYear();
  return (tableName, key, submitted) => {
    const table = tableNamed(tableName);
    const id = stableGuid(env.id, tableName, key);
    const base = { ...initialValues(table, env, env.editor), ...submitted };
    const created = new Date(Date.UTC(year - 2 - random.below(4), random.below(12), 1 + random.below(28), 9));
    const modified = new Date(
      created.getTime() + random.below(200) * 86_400_000 + random.below(28_800) * 1000,
    );
    const editor = { table: "systemuser", id: env.editor.userId };
    env.store.put({
      table: tableName,
      id,
      version: env.store.nextVersion(),
      values: {
        ...base,
        ...derivedValues(table, base, submitted),
        createdon: `${created.toISOString().slice(0, 19)}Z`,
        modifiedon: `${modified.toISOString().slice(0, 19)}Z`,
        createdby: editor,
        modifiedby: editor,
        modifiedonbehalfby: null,
      },
    });
    return id;
  };
}

function addUsers(env: Environment): void {
  const add = (caller: Caller, values: Values) => {
    const ids = { azureactivedirectoryobjectid: caller.directoryId };
    env.store.put({
      table: "systemuser",
      id: caller.userId,
      version: env.store.nextVersion(),
      values: { ...values, ...ids },
    });
  };
  add(env.editor, { fullname: "Membership Office", domainname: `office@${env.id}.example.org` });
  add(env.application, { fullname: "# Portal Sync", applicationid: stableGuid(env.id, "applicationid") });
}

function inventCompany(random: Random, index: number): Values {
  const place = random.pick(places);
  const name = `${companyNames[index % companyNames.length] ?? ""} ${random.pick(companyKinds)}`;
  return {
    name,
    accountnumber: `A-${1000 + index}`,
    emailaddress1: `office.${index}@example.org`,
    telephone1: phoneNumber(random, place.phone),
    websiteurl: `https://company-${index}.example.org/`,
    address1_city: place.city,
    address1_country: place.country,
    address1_postalcode: place.postalCode,
    numberofemployees: 5 + random.below(900),
    revenue: (1 + random.below(400)) * 12_500,
    industrycode: random.pick([1, 6, 12, 19]),
  };
}
