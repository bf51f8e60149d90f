import { expect, test } from "vitest";
import { runSoak } from "./soak/runSoak.ts";
import type { SoakOptions } from "./soak/runSoak.ts";
import { withStack } from "./stack/withStack.ts";

test("no event is lost or counted twice while functions and broker are killed and storage goes away", async () => {
  const options: SoakOptions = {
    events: 1_500,
    kills: { functions: 2, broker: 1, storage: 1, last: "broker" },
    seed: "test",
  };
  const { problems } = await withStack(110_000, (running) => runSoak(running, options, () => {}));
  expect(problems).toEqual([]);
});
