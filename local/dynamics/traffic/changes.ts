import { membershipLevel } from "../data/tables.ts";
import { inventPerson } from "../seed/people.ts";
import type { Random } from "../seed/random.ts";
import type { WebApiClient } from "./webApiClient.ts";

/** What traffic knows of the environment's rows; it grows and shrinks with its own changes. */
type KnownRows = {
  contacts: string[];
  memberships: string[];
  categories: string[];
  created: string[];
};

/** Makes the next change. The number keeps what it creates apart. */
type NextChange = (number: number) => Promise<void>;

/** Reads which rows there are. */
export async function readRows(client: WebApiClient): Promise<KnownRows> {
  const [contacts, memberships, categories] = await Promise.all([
    client.ids("contacts", "contactid", 5000),
    client.ids(MEMBERSHIPS, "msnfp_membershipid", 5000),
    client.ids("msnfp_membershipcategories", "msnfp_membershipcategoryid", 50),
  ]);
  return { contacts, memberships, categories, created: [] };
}

/** How often each kind of change is made, in hundredths. */
const SHARES = { updateContact: 72, createContact: 8, renew: 10, join: 5, changeLevel: 3 };

const MEMBERSHIPS = "msnfp_memberships";

/** A membership office at work: mostly corrections of members, some new ones, renewals, and now and then a delete. */
export function officeWork(client: WebApiClient, rows: KnownRows, random: Random): NextChange {
  const year = new Date().getUTCFullYear();

  const createContact = async (number: number) => {
    const id = await client.create("contacts", inventPerson(random, 100_000 + number));
    rows.contacts.push(id);
    rows.created.push(id);
  };
  const updateContact = async (number: number) => {
    const columns = Object.entries(inventPerson(random, 100_000 + number));
    const editable = columns.filter(([name]) => name !== "msnfp_contactaccountnumber");
    const changed = Array.from({ length: 1 + random.below(3) }, () => random.pick(editable));
    await client.update("contacts", random.pick(rows.contacts), Object.fromEntries(changed));
  };
  const renew = async () => {
    const end = { msnfp_enddate: `${year + 1 + random.below(2)}-12-31` };
    await client.update(MEMBERSHIPS, random.pick(rows.memberships), end);
  };
  const join = async () => {
    const id = await client.create(MEMBERSHIPS, {
      msnfp_name: `${year + 1} Full member`,
      msnfp_startdate: `${year}-01-01`,
      msnfp_enddate: `${year + 1}-12-31`,
      "msnfp_customer_contact@odata.bind": `/contacts(${random.pick(rows.contacts)})`,
    });
    await enter(id, random.pick(rows.categories));
    rows.memberships.push(id);
  };
  const enter = (membership: string, category: string) =>
    client.associate(
      MEMBERSHIPS,
      membership,
      membershipLevel.name,
      `msnfp_membershipcategories(${category})`,
    );
  const changeLevel = async () => {
    const membership = random.pick(rows.memberships);
    const [current] = await client.linked(
      MEMBERSHIPS,
      membership,
      membershipLevel.name,
      "msnfp_membershipcategoryid",
    );
    if (current) await client.disassociate(MEMBERSHIPS, membership, membershipLevel.name, current);
    await enter(membership, random.pick(rows.categories.filter((category) => category !== current)));
  };
  const removeContact = async () => {
    const id = rows.created.shift();
    if (id === undefined) return;
    rows.contacts.splice(rows.contacts.indexOf(id), 1);
    await client.remove("contacts", id);
  };

  return async (number) => {
    let dice = random.below(100);
    if ((dice -= SHARES.updateContact) < 0) return updateContact(number);
    if ((dice -= SHARES.createContact) < 0 || rows.memberships.length === 0) return createContact(number);
    if ((dice -= SHARES.renew) < 0) return renew();
    if ((dice -= SHARES.join) < 0) return join();
    if ((dice -= SHARES.changeLevel) < 0) return changeLevel();
    return rows.created.length > 0 ? removeContact() : updateContact(number);
  };
}
