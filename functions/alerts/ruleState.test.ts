import { beforeEach, describe, expect, it } from "vitest";
import { azureTable } from "../platform/storage/azureTable.ts";
import { useAzuriteTables } from "../platform/storage/testing/azurite.ts";
import { readBook } from "./book.ts";
import { acknowledged, muted, newRule } from "./ruleState.ts";
import { createAnnouncing, minute, refused, sent, start, times } from "./testing/announcing.ts";

const newTable = useAzuriteTables();
let run: ReturnType<typeof createAnnouncing>;
beforeEach(async () => {
  run = createAnnouncing(azureTable(await newTable()));
});

describe("figures that are missing", () => {
  it("are told after ten minutes, as is their return", async () => {
    await run.lookEachMinute(...times(12, "unknown"), "quiet", "quiet");
    expect(run.cards).toHaveLength(2);
    expect(run.cards[0]).toMatch(/^10: /);
    expect(run.cards[1]).toMatch(/^12: /);
  });

  it("for less than that are no news, and are no recovery", async () => {
    await run.lookEachMinute("firing", ...times(9, "unknown"), "firing", "firing");
    expect(run.cards).toEqual(["0: contoso: firing"]);
    expect(await run.rule()).toMatchObject({ verdict: "firing", since: start, unknownSince: null });
  });

  it("keep the time that they were missing for while it goes on", async () => {
    await run.lookEachMinute(...times(5, "unknown"));
    expect(await run.rule()).toMatchObject({ verdict: "quiet", unknownSince: start });
  });
});

describe("a muted rule", () => {
  it("keeps its state and is told when the time has come, if it still fires", async () => {
    await run.edit((state) => muted(state, start + 5 * minute));
    await run.lookEachMinute("quiet", ...times(7, "firing"));
    expect(run.cards).toEqual(["5: contoso: firing"]);
    expect(await run.rule()).toMatchObject({ since: start + minute });
  });

  it("that the channel knew to fire is told once more at the end", async () => {
    await run.lookEachMinute("firing");
    await run.edit((state) => muted(state, start + 5 * minute));
    await run.lookEachMinute(...times(8, "firing"));
    expect(run.cards).toEqual(["0: contoso: firing", "5: contoso: firing"]);
  });

  it("that recovered meanwhile tells the recovery at the end", async () => {
    await run.lookEachMinute("firing");
    await run.edit((state) => muted(state, start + 5 * minute));
    await run.lookEachMinute("firing", ...times(7, "quiet"));
    expect(run.cards).toEqual(["0: contoso: firing", "5: contoso: quiet"]);
  });

  it("that came and went meanwhile tells nothing", async () => {
    await run.edit((state) => muted(state, start + 5 * minute));
    await run.lookEachMinute("firing", "firing", ...times(7, "quiet"));
    expect(run.cards).toEqual([]);
  });

  it.each(["told", "acknowledged"])(
    "tells at the end of a firing that began after one that was %s",
    async (how) => {
      await run.lookEachMinute("firing");
      if (how === "acknowledged") await run.edit((state) => acknowledged(state, "Carla", run.now));
      await run.edit((state) => muted(state, start + 5 * minute));
      await run.lookEachMinute("firing", "quiet", ...times(6, "firing"));
      expect(run.cards).toEqual(["0: contoso: firing", "5: contoso: firing"]);
    },
  );

  it("tells of a firing that began again when a person ends the muting", async () => {
    await run.lookEachMinute("firing");
    await run.edit((state) => muted(state, start + 9 * minute));
    await run.lookEachMinute("quiet", "firing");
    await run.edit((state) => muted(state, null));
    await run.lookEachMinute("firing", "firing", "quiet");
    expect(run.cards).toEqual(["0: contoso: firing", "3: contoso: firing", "5: contoso: quiet"]);
  });

  it("tells the recovery alone when the firing that began again has passed too", async () => {
    await run.lookEachMinute("firing");
    await run.edit((state) => muted(state, start + 5 * minute));
    await run.lookEachMinute("quiet", "firing", ...times(5, "quiet"));
    expect(run.cards).toEqual(["0: contoso: firing", "5: contoso: quiet"]);
  });

  it("by mistake tells nothing twice", async () => {
    await run.lookEachMinute("firing");
    await run.edit((state) => muted(muted(state, start + 5 * minute), null));
    await run.lookEachMinute(...times(8, "firing"));
    expect(run.cards).toEqual(["0: contoso: firing"]);
  });
});

describe("an acknowledged firing", () => {
  it("makes no further cards, but its recovery does", async () => {
    run.teams = async () => refused;
    await run.lookEachMinute("firing");
    await run.edit((state) => acknowledged(state, "Carla", run.now));
    run.teams = async () => sent;
    await run.lookEachMinute(...times(3, "firing"), ...times(12, "unknown"), "firing", "quiet", "quiet");
    expect(run.cards).toEqual(["17: contoso: quiet"]);
  });

  it("says nothing of the next one", async () => {
    await run.lookEachMinute("firing");
    await run.edit((state) => acknowledged(state, "Carla", run.now));
    await run.lookEachMinute("quiet", "firing");
    expect(run.cards).toEqual(["0: contoso: firing", "1: contoso: quiet", "2: contoso: firing"]);
    expect(await run.rule()).toMatchObject({ acknowledged: null });
  });

  it("is kept although it was acknowledged while its card was on its way", async () => {
    run.teams = async () => {
      await run.edit((state) => acknowledged(state, "Carla", run.now));
      return sent;
    };
    await run.look("firing");
    expect(await run.rule()).toEqual({
      ...newRule,
      ...{ verdict: "firing", since: start, told: "firing", acknowledged: { by: "Carla", at: start } },
    });
    expect((await readBook(run.table, "contoso")).claim).toBeNull();
  });
});
