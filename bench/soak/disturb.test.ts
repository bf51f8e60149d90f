import { expect, test } from "vitest";
import { planDisturbances } from "./disturb.ts";

test("kills are spread over the run and the last one comes when everything was sent", () => {
  const plan = planDisturbances({ functions: 3, broker: 1, storage: 0, last: "functions" });
  expect(plan.map(({ what }) => what)).toEqual(["functions", "broker", "functions", "functions"]);
  expect(plan.at(-1)).toEqual({ what: "functions", at: 1 });
});

test("a broker that is killed last frees what the killed functions held", () => {
  const plan = planDisturbances({ functions: 2, broker: 1, storage: 1, last: "broker" });
  expect(plan.at(-1)).toEqual({ what: "broker", at: 1 });
  expect(plan.filter(({ what }) => what === "storage")).toEqual([{ what: "storage", at: 0.5 }]);
});
