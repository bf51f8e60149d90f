import { beforeEach, describe, expect, it } from "vitest";
import { azureTable } from "../platform/storage/azureTable.ts";
import { useAzuriteTables } from "../platform/storage/testing/azurite.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { announce } from "./announce.ts";
import { readBook } from "./book.ts";
import { claimMs } from "./channel.ts";
import { readDeliveries } from "./deliveries.ts";
import type { Sending } from "./teams.ts";
import { sendTimeoutMs } from "./teams.ts";
import { checkedOf, createAnnouncing, minute, refused, sent, start, times } from "./testing/announcing.ts";
import { sampleFindings } from "./testing/sampleFindings.ts";

const fabrikam = { organization: { id: "fabrikam", name: "fabrikam" } };

const newTable = useAzuriteTables();
let run: ReturnType<typeof createAnnouncing>;
beforeEach(async () => {
  run = createAnnouncing(azureTable(await newTable()));
});

describe("a change", () => {
  it("is told once, and so is the recovery", async () => {
    await run.lookEachMinute("quiet", "firing", "firing", "firing", "quiet", "quiet");
    expect(run.cards).toEqual(["1: contoso: firing", "4: contoso: quiet"]);
  });

  it("is told again when it happens again", async () => {
    await run.lookEachMinute("firing", "quiet", "firing", "firing");
    expect(run.cards).toEqual(["0: contoso: firing", "1: contoso: quiet", "2: contoso: firing"]);
  });

  it("writes nothing for an organization that was never anything but quiet", async () => {
    await run.lookEachMinute("quiet", "quiet");
    expect((await readBook(run.table, "contoso")).etag).toBeNull();
  });

  it("ends without a card when the rule is switched off", async () => {
    await run.lookEachMinute("firing", "off", "off", "quiet");
    expect(run.cards).toEqual(["0: contoso: firing"]);
  });
});

describe("several changes at one check", () => {
  it("of several organizations and rules are one card", async () => {
    const both = sampleFindings({ silence: "firing", queueAge: "firing" });
    const checked = [checkedOf("firing"), checkedOf("firing", { ...fabrikam, findings: () => both })];
    await announce(run.services(), checked, run.log);
    expect(run.cards).toHaveLength(1);
    expect(run.cards[0]?.match(/firing/g)).toHaveLength(3);
    expect(await run.deliveries()).toMatchObject([{ rules: ["silence"], title: "contoso: firing" }]);
    expect(await readDeliveries(run.table, "fabrikam", 50, run.now)).toMatchObject([
      { rules: ["silence", "queueAge"], title: "2 alerts have changed" },
    ]);
  });

  it("are one card for each channel, and a channel that is away holds up no other", async () => {
    const checked = [checkedOf("firing"), checkedOf("firing", { ...fabrikam, address: "own" })];
    run.teams = async (text) => (text.includes("fabrikam") ? refused : sent);
    await announce(run.services(), checked, run.log);
    expect(run.cards).toEqual(["0: contoso: firing"]);
    run.teams = async () => sent;
    run.now += minute;
    await announce(run.services(), checked, run.log);
    expect(run.cards).toEqual(["0: contoso: firing", "1 in own: fabrikam: firing"]);
  });

  it("are all told although one organization's row cannot be written", async () => {
    const submit: Table["submit"] = (writes) =>
      writes[0]?.row.partitionKey === "contoso"
        ? Promise.reject(new StorageFault("ambiguous", null, "away"))
        : run.table.submit(writes);
    const checked = [checkedOf("firing"), checkedOf("firing", fabrikam)];
    await announce({ ...run.services(), table: { ...run.table, submit } }, checked, run.log);
    expect(run.cards).toEqual(["0: fabrikam: firing"]);
    expect(run.logged).toEqual([expect.stringContaining("Noting the alerts of contoso failed")]);
  });
});

describe("two timers at once", () => {
  it("make one card of the first change", async () => {
    await Promise.all([run.look("firing"), run.look("firing"), run.look("firing")]);
    await run.lookEachMinute("firing", "firing");
    expect(run.cards).toEqual(["0: contoso: firing"]);
  });

  it("make one card of a recovery", async () => {
    await run.lookEachMinute("firing");
    await Promise.all([run.look("quiet"), run.look("quiet"), run.look("quiet")]);
    await run.lookEachMinute("quiet", "quiet");
    expect(run.cards).toHaveLength(2);
  });

  it("make one card although one of them is still sending it", async () => {
    const sending = Promise.withResolvers<Sending>();
    const asked = Promise.withResolvers<void>();
    run.teams = () => {
      asked.resolve();
      return sending.promise;
    };
    const first = run.look("firing");
    await asked.promise;
    await run.look("firing");
    await run.look("quiet");
    sending.resolve(sent);
    await first;
    run.teams = async () => sent;
    run.now += minute;
    await run.look("quiet");
    expect(run.cards).toEqual(["0: contoso: firing", "1: contoso: quiet"]);
  });

  it("make one card although one of them stands still before it sends", async () => {
    let requests = 0;
    const slow: Table = {
      ...run.table,
      submit: async (writes) => {
        const etags = await run.table.submit(writes);
        // The third write takes the card; what follows comes when the claim is about to end.
        if ((requests += 1) === 3) run.now += minute - 1;
        return etags;
      },
    };
    await run.look("firing", { table: slow });
    expect(run.cards).toEqual([]);
    run.now += 2;
    await run.look("firing");
    expect(run.cards).toHaveLength(1);
  });
});

describe("Teams that fails", () => {
  it("gets the card later, with longer and longer pauses, and every try is logged", async () => {
    const tries: number[] = [];
    run.teams = async () => {
      tries.push((run.now - start) / minute);
      return tries.length < 5 ? refused : sent;
    };
    await run.lookEachMinute(...times(20, "firing"));
    expect(tries).toEqual([0, 1, 3, 7, 15]);
    expect(run.cards).toEqual(["15: contoso: firing"]);
    const all = await run.deliveries();
    expect(all.map(({ result, answer }) => `${result}: ${answer}`)).toEqual([
      "sent: Teams answered 202",
      ...Array.from({ length: 4 }, () => "refused: Teams answered 503"),
    ]);
    expect(all.map(({ nextTryAt }) => nextTryAt && (Date.parse(nextTryAt) - start) / minute)).toEqual([
      ...[null, 15, 7, 3, 1],
    ]);
  });

  it("is left alone for as long as it asks, also about what changes meanwhile", async () => {
    let tries = 0;
    run.teams = async () => (++tries === 1 ? { ...refused, retryAfterMs: 10 * minute } : sent);
    const checked = [checkedOf("firing"), checkedOf("firing", fabrikam)];
    await run.look("firing");
    for (let past = 1; past <= 10; past++) {
      run.now += minute;
      await announce(run.services(), checked, run.log);
    }
    expect(tries).toBe(2);
    expect(run.cards).toEqual(["10: contoso: firing, fabrikam: firing"]);
  });

  it("is not told of a change that has gone back meanwhile", async () => {
    run.teams = async () => refused;
    await run.lookEachMinute("firing");
    await run.lookEachMinute("quiet");
    run.teams = async () => sent;
    await run.lookEachMinute("quiet", "quiet");
    expect(run.cards).toEqual([]);
    await run.lookEachMinute("firing");
    expect(run.cards).toEqual(["4: contoso: firing"]);
  });

  it("counts as told when its answer was lost: the card is not sent twice", async () => {
    run.teams = async () => ({ result: "unknown", answer: "Teams' answer was lost" });
    await run.lookEachMinute("firing", "firing", "firing");
    expect(run.cards).toHaveLength(1);
    expect(await run.deliveries()).toMatchObject([{ result: "unknown", kind: "firing" }]);
  });

  it("is told that a rule cannot be checked as just that", async () => {
    await run.lookEachMinute(...times(11, "unknown"), "quiet");
    expect((await run.deliveries()).map(({ kind }) => kind)).toEqual(["recovered", "unknown"]);
    const checked = [
      checkedOf("firing", { findings: () => sampleFindings({ silence: "unknown", queueAge: "unknown" }) }),
    ];
    await announce(run.services(), checked, run.log);
    run.now += 10 * minute;
    const mixed = checkedOf("firing", {
      findings: () => sampleFindings({ silence: "unknown", queueAge: "firing" }),
    });
    await announce(run.services(), [mixed], run.log);
    expect((await run.deliveries())[0]).toMatchObject({ kind: "firing", rules: ["silence", "queueAge"] });
  });

  it("gets the card once it has an address", async () => {
    await announce(run.services(), [checkedOf("firing", { address: null })], run.log);
    expect(await run.rule()).toMatchObject({ verdict: "firing", told: "quiet" });
    await run.lookEachMinute("firing", "firing");
    expect(run.cards).toEqual(["0: contoso: firing"]);
  });
});

describe("storage that fails", () => {
  /** The run.table, of which one write is lost or done without an answer. */
  function troubled(write: number, fault: "lost" | "answerLost"): Table {
    let writes = 0;
    const submit: Table["submit"] = async (given) => {
      const isHit = ++writes === write;
      if (isHit && fault === "lost") throw new StorageFault("ambiguous", null, "away");
      const etags = await run.table.submit(given);
      if (isHit) throw new StorageFault("ambiguous", null, "away");
      return etags;
    };
    return { ...run.table, submit };
  }

  it.each([
    ["noting the change", 1, "lost"],
    ["noting the change", 1, "answerLost"],
    ["taking the channel", 2, "lost"],
    ["taking the channel", 2, "answerLost"],
    ["taking the card", 3, "lost"],
    ["taking the card", 3, "answerLost"],
    ["noting that it was sent", 4, "lost"],
    ["noting that it was sent", 4, "answerLost"],
    ["giving the channel back", 5, "lost"],
    ["giving the channel back", 5, "answerLost"],
  ] as const)("while %s (write %i, %s) costs no card and makes no second one", async (_, write, fault) => {
    await run.look("firing", { table: troubled(write, fault) });
    run.now += minute;
    await run.lookEachMinute("firing", "firing");
    expect(run.cards).toEqual([expect.stringContaining("firing")]);
    expect(await run.rule()).toMatchObject({ told: "firing" });
    expect(await run.deliveries()).toHaveLength(1);
  });

  /** The run.table, which refuses everything from the moment that Teams has a card until so many milliseconds were waited. */
  function refusingFor(ms: number): Table {
    const attempt = <T>(act: () => Promise<T>): Promise<T> =>
      run.cards.length > 0 && run.waited < ms
        ? Promise.reject(new StorageFault("ambiguous", null, "503"))
        : act();
    return {
      get: (...asked) => attempt(() => run.table.get(...asked)),
      range: (range) => attempt(() => run.table.range(range)),
      submit: (writes) => attempt(() => run.table.submit(writes)),
    };
  }

  it.each([300, 5_000, 10_000])(
    "for %i ms after Teams took the card makes no second one, and is waited for",
    async (ms) => {
      await run.look("firing", { table: refusingFor(ms) });
      run.now += minute;
      await run.lookEachMinute("firing", "firing");
      expect(run.cards).toEqual(["0: contoso: firing"]);
      expect(await run.deliveries()).toHaveLength(1);
      expect(run.logged).toEqual([]);
    },
  );

  it("for good is given up and logged, well before another process may send", async () => {
    await run.look("firing", { table: refusingFor(Number.POSITIVE_INFINITY) });
    expect(run.waited).toBeGreaterThan(5_000);
    expect(run.waited + sendTimeoutMs).toBeLessThan(claimMs / 2);
    expect(run.logged).toContainEqual(
      expect.stringContaining("Noting what Teams was told about contoso failed"),
    );
  });

  it("says so, so that it is logged", async () => {
    const away: Table = {
      ...run.table,
      get: () => Promise.reject(new StorageFault("ambiguous", null, "away")),
    };
    await run.look("firing", { table: away });
    expect(run.logged).toEqual([expect.stringContaining("Noting the alerts of contoso failed")]);
  });
});

it("sends the card again after a process died while it was sending it", async () => {
  run.teams = () => Promise.reject(new Error("the process ended"));
  await run.look("firing");
  run.teams = async () => sent;
  await run.look("firing");
  expect(run.cards).toEqual([]);
  run.now += minute;
  await run.look("firing");
  expect(run.cards).toEqual(["1: contoso: firing"]);
});
