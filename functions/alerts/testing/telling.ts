import { ok } from "node:assert/strict";
import fc from "fast-check";
import type { AlertRule } from "../../contracts/alerts.ts";
import type { Table } from "../../platform/storage/table.ts";
import { connect, networkFaults } from "../../sync-log/testing/modelNetwork.ts";
import type { NetworkFault } from "../../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../../sync-log/testing/modelTable.ts";
import type { AlertServices, Checked } from "../alertServices.ts";
import { announce } from "../announce.ts";
import { firedIn, toBook } from "../book.ts";
import type { SendMessage, Sending } from "../teams.ts";
import { sampleFindings } from "./sampleFindings.ts";

const organizations = ["contoso", "fabrikam", "northwind"] as const;
const rules = ["silence", "errorRate"] as const satisfies AlertRule[];
type Organization = (typeof organizations)[number];
/** Contoso has a channel of its own. */
const addressOf = (id: Organization) => (id === "contoso" ? "own" : "platform");

/** Between its two limits a rule goes on with what it found before. */
type Level = "quiet" | "between" | "firing";

/** One minute: what the rules find, which of the two workers look, and how Teams answers. */
interface Minute {
  /** By organization and rule. */
  levels: Level[];
  workers: ("first" | "second")[];
  teams: Sending["result"];
}

/** Restless minutes, and then hours in which the last of them stays and nothing fails. */
interface Stretch {
  minutes: Minute[];
  /** What befalls the requests of each worker; after each fault comes a request that goes well. */
  faults: [NetworkFault[], NetworkFault[]];
}

/** A random story of rules that change, with two workers, faults and a channel that does not always answer. */
export interface Telling {
  stretches: Stretch[];
  scheduler: fc.Scheduler;
}

/** More faults than that in a row would make storage forget that a card was sent. A crash may send a card again: it has its own test. */
const maxFaults = 5;
const survivable = networkFaults.filter((fault) => !fault.startsWith("crash"));

const minute: fc.Arbitrary<Minute> = fc.record({
  levels: fc.array(fc.constantFrom<Level>("quiet", "between", "firing"), {
    minLength: organizations.length * rules.length,
    maxLength: organizations.length * rules.length,
  }),
  workers: fc.constantFrom<Minute["workers"]>(["first"], ["second"], ["first", "second"]),
  teams: fc.constantFrom<Sending["result"]>("sent", "sent", "refused", "unknown"),
});
const faults = fc
  .array(fc.tuple(fc.nat(6), fc.constantFrom<NetworkFault>(...survivable)), { maxLength: maxFaults })
  .map((all) => all.flatMap(([calm, fault]) => [...Array<NetworkFault>(calm + 1).fill("none"), fault]));

export const tellingStory: fc.Arbitrary<Telling> = fc.record({
  stretches: fc.array(
    fc.record({
      minutes: fc.array(minute, { minLength: 1, maxLength: 5 }),
      faults: fc.tuple(faults, faults),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  scheduler: fc.scheduler(),
});

/** What a test of the test changes for the worse. */
export interface Careless {
  table?: (table: Table) => Table;
  sendMessage?: (send: SendMessage) => SendMessage;
}

/**
 * Plays a story on the model table. After each stretch every channel must have been told the state that lasts, and
 * of no rule the same state twice in a row, which is once for each change. Throws at the first violation.
 */
export async function playTelling({ stretches, scheduler }: Telling, careless: Careless = {}): Promise<void> {
  let now = Date.UTC(2026, 0, 5, 8);
  let teams: Sending["result"] = "sent";
  const given: { address: string; what: string; state: string }[] = [];
  const queues: [NetworkFault[], NetworkFault[]] = [[], []];
  let ids = 0;

  const sendMessage: SendMessage = async (address, message) => {
    await scheduler.schedule(Promise.resolve(), "a card is sent");
    if (teams !== "refused")
      for (const [, id, state, rule] of JSON.stringify(message).matchAll(/(\w+): (firing|quiet) of (\w+)/g))
        given.push({ address, what: `${id} ${rule}`, state: state ?? "" });
    return teams === "refused"
      ? { result: teams, answer: "503", retryAfterMs: null }
      : { result: teams, answer: "" };
  };

  const model = createModelTable();
  const workers = queues.map((queue): AlertServices => {
    const { table } = connect(model, {
      delay: (what) => scheduler.schedule(Promise.resolve(), what),
      fault: () => queue.shift() ?? "none",
    });
    return {
      ...{ table: careless.table?.(table) ?? table, clock: () => now },
      sendMessage: careless.sendMessage?.(sendMessage) ?? sendMessage,
      sleep: async () => {},
      ...{ platformAddress: "platform", portalUrl: "https://portal.example", newId: () => `id${(ids += 1)}` },
    };
  });

  async function play({ levels, workers: looking, teams: answer }: Minute): Promise<void> {
    teams = answer;
    const checked = organizations.map((id, place) => checkedOf(id, levels.slice(place * rules.length)));
    const runs = looking.map((worker) =>
      announce(workers[worker === "first" ? 0 : 1] as AlertServices, checked, silentLog),
    );
    await scheduler.waitFor(Promise.all(runs));
    // What arrives late arrives before the next minute.
    await scheduler.waitIdle();
    now += 60_000;
  }

  for (const { minutes, faults: ofWorkers } of stretches) {
    for (const [index, queue] of queues.entries()) queue.splice(0, queue.length, ...(ofWorkers[index] ?? []));
    for (const one of minutes) await play(one);
    const last = minutes.at(-1) as Minute;
    for (const queue of queues) queue.length = 0;
    for (let looks = 0; looks < 3; looks += 1) {
      now += 3_600_000;
      await play({ ...last, workers: ["first", "second"], teams: "sent" });
    }
    const firedBefore = (id: Organization) => firedIn(toBook(id, model.get(id, "rules")));
    checkTold(given, last.levels, firedBefore);
  }
}

function checkTold(
  given: readonly { address: string; what: string; state: string }[],
  levels: readonly Level[],
  firedBefore: (id: Organization) => ReadonlySet<AlertRule>,
): void {
  for (const [place, id] of organizations.entries())
    for (const [offset, rule] of rules.entries()) {
      const level = levels[place * rules.length + offset] as Level;
      const what = `${id} ${rule}`;
      const all = given.filter((one) => one.what === what);
      ok(
        all.every(({ address }) => address === addressOf(id)),
        `${what} was told elsewhere`,
      );
      const states = ["quiet", ...all.map(({ state }) => state)];
      ok(
        states.every((state, index) => index === 0 || state !== states[index - 1]),
        `${what} was told twice: ${states.join(", ")}`,
      );
      const lasting = stateAt(level, firedBefore(id).has(rule));
      ok(states.at(-1) === lasting, `${what} is ${lasting}, and was told ${states.join(", ")}`);
    }
}

function checkedOf(id: Organization, levels: readonly Level[]): Checked {
  const findings: Checked["findings"] = (fired) => {
    const all = sampleFindings();
    for (const [offset, rule] of rules.entries()) {
      const state = stateAt(levels[offset] as Level, fired.has(rule));
      all[rule] = { ...all[rule], state, headline: `${state} of ${rule}` };
    }
    return all;
  };
  return { organization: { id, name: id }, findings, address: addressOf(id) };
}

function stateAt(level: Level, fired: boolean): "quiet" | "firing" {
  return level === "firing" || (level === "between" && fired) ? "firing" : "quiet";
}

const silentLog = { info: () => {}, warn: () => {}, error: () => {} };
