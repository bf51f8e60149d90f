import { expect, it } from "vitest";
import type { AlertDelivery } from "../contracts/alerts.ts";
import { azureTable } from "../platform/storage/azureTable.ts";
import { useAzuriteTables } from "../platform/storage/testing/azurite.ts";
import { deliveryWrite, purgeDeliveries, readDeliveries } from "./deliveries.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 2, 4);
const newTable = useAzuriteTables();

function delivery(age: number): AlertDelivery {
  return {
    ...{ id: `id${age}`, at: new Date(now - age * dayMs).toISOString(), title: "Card", rules: ["silence"] },
    ...{ kind: "firing", result: "sent", answer: "Teams answered 202", nextTryAt: null },
  };
}

it("lists deliveries newest first, and removes those of more than 90 days and nothing else", async () => {
  const table = azureTable(await newTable());
  const rules = { partitionKey: "contoso", rowKey: "rules", rules: "{}" };
  await table.submit([{ kind: "create", row: rules }]);
  for (const age of [5, 91, 1, 90, 300]) await table.submit([deliveryWrite("contoso", delivery(age))]);
  await table.submit([deliveryWrite("fabrikam", delivery(91))]);

  const shown = await readDeliveries(table, "contoso", 2, now);
  expect(shown).toEqual([delivery(1), delivery(5)]);
  expect(await readDeliveries(table, "contoso", 50, now)).toEqual([delivery(1), delivery(5), delivery(90)]);

  await purgeDeliveries(table, "contoso", now);
  await purgeDeliveries(table, "contoso", now);
  const left = await table.range({ partitionKey: "contoso" });
  expect(left.rows).toHaveLength(4);
  expect(await table.get("contoso", "rules")).not.toBeNull();
  expect((await table.range({ partitionKey: "fabrikam" })).rows).toHaveLength(1);
});
