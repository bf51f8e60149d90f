/** What the rows of the usual tables are, as a person says it: one, several. */
const rowWords: Readonly<Record<string, readonly [string, string]>> = {
  contact: ["Member", "Members"],
  account: ["Company", "Companies"],
  msnfp_membership: ["Membership", "Memberships"],
};

const messageWords: Readonly<Record<string, string>> = {
  Create: "created",
  Update: "changed",
  Upsert: "created or changed",
  Delete: "deleted",
  Associate: "linked",
  Disassociate: "unlinked",
  Merge: "merged",
  Assign: "given to another owner",
  SetState: "activated or deactivated",
  SetStateDynamicEntity: "activated or deactivated",
};

/** "Member changed" for `contact.Update`: an event type in plain words. What it does not know it leaves as it is. */
export function eventTypeTitle(eventType: string): string {
  const [, table, message, multiple] = /^(.+)\.([^.]+?)(Multiple)?$/.exec(eventType) ?? [];
  const act = message === undefined || !Object.hasOwn(messageWords, message) ? null : messageWords[message];
  if (!table || !act) return eventType;
  const [one, several] = (Object.hasOwn(rowWords, table) && rowWords[table]) || [
    `Row of ${table}`,
    `Rows of ${table}`,
  ];
  return `${multiple ? several : one} ${act}`;
}
