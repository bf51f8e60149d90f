import { expect, test } from "vitest";
import { runOutage } from "./outage.ts";
import { runSoak } from "./soak/runSoak.ts";
import { withStack } from "./stack/withStack.ts";

const limitMs = 110_000;
const quietly = () => {};

test("no event is lost or counted twice while the functions and the broker are killed", async () => {
  const options = { events: 1_500, functionsKills: 2, brokerKills: 1, lastKill: "broker" as const, seed: "test" };
  const { problems } = await withStack(limitMs, (running) => runSoak(running, options, quietly));
  expect(problems).toEqual([]);
});

test("webhooks are accepted without storage, and refused for a retry without the broker", async () => {
  const { problems } = await withStack(limitMs, (running) => runOutage(running, { seconds: 5 }, quietly));
  expect(problems).toEqual([]);
});
