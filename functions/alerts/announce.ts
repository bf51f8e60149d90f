import { forEachLimited } from "../platform/forEachLimited.ts";
import { describeError } from "../platform/log.ts";
import type { Log } from "../platform/log.ts";
import { firedIn, notedIn, readBook, saveBook, tellingOf } from "./book.ts";
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
 * is logged and keeps no other from being told. `keep` hears of each organization's book once it is noted, before anyone
 * is told; null stands for one that could not be noted here.
 */
export async function announce(
  services: AlertServices,
  checked: readonly Checked[],
  log: Log,
  keep: (organizationId: string, book: Book | null) => Promise<void> = async () => {},
): Promise<void> {
  const due: (Due & { address: string })[] = [];
  await forEachLimited(checked, concurrency, async ({ organization, findings, address }) => {
    let book: Book | null = null;
    try {
      const noting = await note(services, organization.id, findings);
      book = noting.book;
      if (book && noting.isDue && address !== null)
        due.push({ organization, findings: findings(firedIn(book)), book, address });
    } catch (error) {
      log.error(`Noting the alerts of ${organization.id} failed: ${describeError(error)}`);
    }
    await keep(organization.id, book);
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

/** The book after this check, and whether it has something to tell; no book when somebody else was faster. */
async function note(
  { table, clock }: AlertServices,
  organizationId: string,
  findings: Checked["findings"],
): Promise<{ book: Book | null; isDue: boolean }> {
  const now = clock();
  const stored = await readBook(table, organizationId);
  // What is on its way is waited for.
  if (stored.claim && stored.claim.until > now) return { book: stored, isDue: false };
  const noting = notedIn(stored, statesOf(findings(firedIn(stored))), now);
  const book = noting === stored ? stored : await saveBook(table, noting);
  return { book, isDue: book !== null && Object.keys(tellingOf(book, now)).length > 0 };
}
