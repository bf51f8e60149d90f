import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Log } from "../platform/log.ts";
import { azureTable } from "../platform/storage/azureTable.ts";
import { startAzuriteTables } from "../platform/storage/testing/azurite.ts";
import type { AzuriteTables } from "../platform/storage/testing/azurite.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { fromAlertRow } from "./alertState.ts";
import type { AlertState } from "./alertState.ts";
import { announce } from "./announce.ts";
import type { AnnounceServices } from "./announce.ts";
import type { SendCard, Sending } from "./teams.ts";

const minute = 60_000;
const link = { title: "Open", url: "https://portal.example" };
const log: Log = { info: () => {}, warn: () => {}, error: () => {} };
const refused: Sending = { result: "refused", reason: "Teams answered 503", retryAfterMs: null };

let azurite: AzuriteTables;
let table: Table;
let now: number;
/** Cards that Teams has, by the state they tell of; and how it answers. */
let cards: string[];
let teams: (card: string) => Promise<Sending>;
beforeAll(async () => {
  azurite = await startAzuriteTables();
});
afterAll(() => azurite.close());
beforeEach(async () => {
  table = azureTable(await azurite.newTable());
  now = Date.UTC(2026, 0, 5, 8);
  cards = [];
  teams = async () => ({ result: "sent" });
});

const sendCard: SendCard = async ({ title }) => {
  const sending = await teams(title);
  if (sending.result !== "refused") cards.push(title);
  return sending;
};

/** One look at the rule, as the timer does it each minute. */
function look(
  state: AlertState,
  services: Partial<AnnounceServices> = {},
  organizationId = "contoso",
): Promise<void> {
  const card = (told: AlertState, since: number) => ({
    title: `${told} since ${new Date(since).toISOString().slice(11, 16)}`,
    text: "",
    facts: [],
    link,
  });
  const verdict = { organizationId, rule: "silence", state, card };
  return announce({ table, clock: () => now, sendCard, ...services }, verdict, log);
}

/** Looks at each of these states, a minute after the other. */
async function lookEachMinute(...states: AlertState[]): Promise<void> {
  for (const state of states) {
    await look(state);
    now += minute;
  }
}

const alert = async () => {
  const row = await table.get("contoso", "silence");
  if (!row) throw new Error("no alert");
  return fromAlertRow(row);
};

describe("a change", () => {
  it("is told once, and so is the recovery", async () => {
    await lookEachMinute("quiet", "firing", "firing", "firing", "quiet", "quiet");
    expect(cards).toEqual(["firing since 08:01", "quiet since 08:04"]);
  });

  it("is told again when it happens again", async () => {
    await lookEachMinute("firing", "quiet", "firing", "firing");
    expect(cards).toEqual(["firing since 08:00", "quiet since 08:01", "firing since 08:02"]);
  });

  it("writes nothing for an organization that was never anything but quiet", async () => {
    await lookEachMinute("quiet", "quiet");
    expect(await table.get("contoso", "silence")).toBeNull();
  });

  it("of one organization says nothing of another", async () => {
    await look("firing");
    await look("quiet", {}, "fabrikam");
    expect(cards).toEqual(["firing since 08:00"]);
  });
});

describe("two timers at once", () => {
  it("make one card of the first change", async () => {
    await Promise.all([look("firing"), look("firing"), look("firing")]);
    await lookEachMinute("firing", "firing");
    expect(cards).toEqual(["firing since 08:00"]);
  });

  it("make one card of a recovery", async () => {
    await lookEachMinute("firing");
    await Promise.all([look("quiet"), look("quiet"), look("quiet")]);
    await lookEachMinute("quiet", "quiet");
    expect(cards).toEqual(["firing since 08:00", "quiet since 08:01"]);
  });

  it("make one card although one of them is still sending it", async () => {
    const sending = Promise.withResolvers<Sending>();
    const asked = Promise.withResolvers<void>();
    teams = () => {
      asked.resolve();
      return sending.promise;
    };
    const first = look("firing");
    await asked.promise;
    await look("firing");
    await look("quiet");
    sending.resolve({ result: "sent" });
    await first;
    teams = async () => ({ result: "sent" });
    now += minute;
    await look("quiet");
    expect(cards).toEqual(["firing since 08:00", "quiet since 08:01"]);
  });
});

describe("Teams that fails", () => {
  it("gets the card later, with longer and longer pauses", async () => {
    const tries: number[] = [];
    teams = async () => {
      tries.push((now - Date.UTC(2026, 0, 5, 8)) / minute);
      return tries.length < 5 ? refused : { result: "sent" };
    };
    await lookEachMinute(...Array.from({ length: 20 }, () => "firing" as const));
    expect(tries).toEqual([0, 1, 3, 7, 15]);
    expect(cards).toEqual(["firing since 08:00"]);
  });

  it("is left alone for as long as it asks", async () => {
    let tries = 0;
    teams = async () => (++tries === 1 ? { ...refused, retryAfterMs: 10 * minute } : { result: "sent" });
    await lookEachMinute(...Array.from({ length: 10 }, () => "firing" as const));
    expect(tries).toBe(1);
    await lookEachMinute("firing");
    expect(cards).toEqual(["firing since 08:00"]);
  });

  it("is not told of a change that has gone back meanwhile", async () => {
    teams = async () => refused;
    await lookEachMinute("firing");
    await lookEachMinute("quiet");
    teams = async () => ({ result: "sent" });
    await lookEachMinute("quiet", "quiet");
    expect(cards).toEqual([]);
    await lookEachMinute("firing");
    expect(cards).toEqual(["firing since 08:04"]);
  });

  it("counts as told when its answer was lost: the card is not sent twice", async () => {
    teams = async () => ({ result: "unknown" });
    await lookEachMinute("firing", "firing", "firing");
    expect(cards).toHaveLength(1);
    expect(await alert()).toMatchObject({ told: "firing", pending: null });
  });

  it("gets the card once it has an address", async () => {
    await look("firing", { sendCard: null });
    expect(await alert()).toMatchObject({ state: "firing", told: "quiet" });
    await lookEachMinute("firing", "firing");
    expect(cards).toEqual(["firing since 08:00"]);
  });
});

describe("storage that fails", () => {
  /** The table, of which one write is lost or done without an answer. */
  function troubled(write: number, fault: "lost" | "answerLost"): Table {
    let writes = 0;
    const submit: Table["submit"] = async (given) => {
      const isHit = ++writes === write;
      if (isHit && fault === "lost") throw new StorageFault("ambiguous", null, "away");
      const etags = await table.submit(given);
      if (isHit) throw new StorageFault("ambiguous", null, "away");
      return etags;
    };
    return { ...table, submit };
  }

  it.each([
    ["noting the change", 1, "lost"],
    ["noting the change", 1, "answerLost"],
    ["claiming the card", 2, "lost"],
    ["claiming the card", 2, "answerLost"],
    ["noting that it was sent", 3, "lost"],
    ["noting that it was sent", 3, "answerLost"],
  ] as const)("while %s (write %i, %s) costs no card and makes no second one", async (_, write, fault) => {
    await look("firing", { table: troubled(write, fault) }).catch(() => {});
    now += minute;
    await lookEachMinute("firing", "firing");
    expect(cards).toEqual([expect.stringContaining("firing since")]);
    expect(await alert()).toMatchObject({ told: "firing", pending: null });
  });

  it("says so, so that it is logged", async () => {
    const away: Table = { ...table, get: () => Promise.reject(new StorageFault("ambiguous", null, "away")) };
    await expect(look("firing", { table: away })).rejects.toMatchObject({ kind: "ambiguous" });
  });
});

it("sends the card again after a process died while it was sending it", async () => {
  const died = new Error("the process ended");
  teams = () => Promise.reject(died);
  await expect(look("firing")).rejects.toBe(died);
  teams = async () => ({ result: "sent" });
  await look("firing");
  expect(cards).toEqual([]);
  now += minute;
  await look("firing");
  expect(cards).toEqual(["firing since 08:00"]);
});
