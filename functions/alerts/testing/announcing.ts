import type { AlertStateName } from "../../contracts/alerts.ts";
import type { Log } from "../../platform/log.ts";
import type { Table } from "../../platform/storage/table.ts";
import type { AlertServices, Checked } from "../alertServices.ts";
import { announce } from "../announce.ts";
import { editBook, readBook, withRule } from "../book.ts";
import { readDeliveries } from "../deliveries.ts";
import type { RuleState } from "../ruleState.ts";
import type { SendMessage, Sending } from "../teams.ts";
import { sampleFindings } from "./sampleFindings.ts";

export const minute = 60_000;
/** When each test begins. */
export const start = Date.UTC(2026, 0, 5, 8);
export const sent: Sending = { result: "sent", answer: "Teams answered 202" };
export const refused: Sending = { result: "refused", answer: "Teams answered 503", retryAfterMs: null };

/** What a rule finds, so many times. */
export function times(count: number, state: AlertStateName): AlertStateName[] {
  return Array.from({ length: count }, () => state);
}

/** What the rules of contoso, or of whoever is given, find: its silence is in this state, all else is quiet. */
export function checkedOf(state: AlertStateName, own: Partial<Checked> = {}): Checked {
  return {
    organization: { id: "contoso", name: "contoso" },
    findings: () => sampleFindings({ silence: state }),
    address: "platform",
    ...own,
  };
}

/** The timer with its clock, and a channel of Teams, over this table. */
export function createAnnouncing(table: Table) {
  let ids = 0;
  const logged: string[] = [];
  const log: Log = {
    info: () => {},
    warn: (text) => void logged.push(text),
    error: (text) => void logged.push(text),
  };
  const sendMessage: SendMessage = async (address, message) => {
    const text = JSON.stringify(message);
    const sending = await run.teams(text);
    const titles = [...text.matchAll(/(contoso|fabrikam): (\w+)/g)].map(([title]) => title);
    const channel = address === "platform" ? "" : ` in ${address}`;
    if (sending.result !== "refused")
      run.cards.push(`${(run.now - start) / minute}${channel}: ${titles.join(", ")}`);
    return sending;
  };
  const run = {
    table,
    now: start,
    /** Cards that the channels have, as `minutes since the start: titles`. */
    cards: [] as string[],
    /** Milliseconds that were waited between tries at storage. */
    waited: 0,
    /** How Teams answers. */
    teams: async (_text: string): Promise<Sending> => sent,
    logged,
    log,
    services: (): AlertServices => ({
      ...{ table, clock: () => run.now, sendMessage, platformAddress: "platform" },
      ...{ portalUrl: "https://portal.example", newId: () => `id${(ids += 1)}` },
      sleep: async (ms) => void (run.waited += ms),
    }),
    /** One look at the rules of contoso, as the timer does it each minute. */
    look: (state: AlertStateName, changed: Partial<AlertServices> = {}) =>
      announce({ ...run.services(), ...changed }, [checkedOf(state)], log),
    /** Looks at each of these states, a minute after the other. */
    async lookEachMinute(...states: AlertStateName[]): Promise<void> {
      for (const state of states) {
        await run.look(state);
        run.now += minute;
      }
    },
    /** What is kept of contoso's silence. */
    rule: async () => (await readBook(table, "contoso")).rules.silence,
    edit: (change: (state: RuleState) => RuleState) =>
      editBook(table, "contoso", (book) => withRule(book, "silence", change)),
    deliveries: () => readDeliveries(table, "contoso", 50, run.now),
  };
  return run;
}
