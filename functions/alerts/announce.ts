import { forEachLimited } from "../platform/forEachLimited.ts";
import { describeError } from "../platform/log.ts";
import type { Log } from "../platform/log.ts";
import { notedIn, readBook, saveBook, tellingOf } from "./book.ts";
import type { Book } from "./book.ts";
import { concurrency } from "./alertServices.ts";
import type { AlertServices, Checked, Due } from "./alertServices.ts";
import { statesOf } from "./rules.ts";
import { tell } from "./tell.ts";

/**
 * Keeps the state of the rules and tells each channel of every change that lasts, once. Changes of several
 * organizations share a card. Every step is guarded by the row's ETag, so that two timers at once make one change
 * and tell it once; what Teams refused is sent later. When its answer was lost it counts as sent: a card too few
 * is better than the same alarm twice. A change that has gone back before it was told is not told at all. Only a
 * process that dies while it is sending leaves a card that is sent again. A fault of one organization or channel
 * is logged and keeps no other from being told.
 */
export async function announce(
  services: AlertServices,
  checked: readonly Checked[],
  log: Log,
): Promise<void> {
  const due: (Due & { address: string })[] = [];
  await forEachLimited(checked, concurrency, async (one) => {
    try {
      const book = await note(services, one);
      if (book && one.address !== null) due.push({ ...one, book, address: one.address });
    } catch (error) {
      log.error(`Noting the alerts of ${one.organization.id} failed: ${describeError(error)}`);
    }
  });
  const channels = [...Map.groupBy(due, ({ address }) => address)];
  await forEachLimited(channels, concurrency, async ([address, group]) => {
    try {
      await tell(services, address, group, log);
    } catch (error) {
      const ids = group.map(({ organization }) => organization.id).join(", ");
      log.error(`Telling Teams about ${ids} failed: ${describeError(error)}`);
    }
  });
}

/** The book after this check when it has something to tell; null when it has not, or somebody else sees to it. */
async function note(
  { table, clock }: AlertServices,
  { organization, findings }: Checked,
): Promise<Book | null> {
  const now = clock();
  const stored = await readBook(table, organization.id);
  // What is on its way is waited for.
  if (stored.claim && stored.claim.until > now) return null;
  const noting = notedIn(stored, statesOf(findings), now);
  const book = noting === stored ? stored : await saveBook(table, noting);
  return book && Object.keys(tellingOf(book, now)).length > 0 ? book : null;
}
