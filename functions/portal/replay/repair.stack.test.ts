import { expect, test } from "vitest";
import {
  callApi,
  createTestOrganization,
  eventually,
  okJson,
  sendWebhook,
  webhookBody,
} from "../../../local/testing/api.ts";
import type { MappingOverview } from "../../contracts/mapping.ts";
import type { PortalStatus } from "../../contracts/portal.ts";
import type { Replay, ReplayEstimate } from "../../contracts/replays.ts";
import { forEachLimited } from "../../platform/forEachLimited.ts";

const admin = "global-admin";
const failing = 400;
const arriving = 40;

test("failed events are replayed after the mapping is repaired, while new ones arrive: progress and counters are exact", async () => {
  const organization = await createTestOrganization();
  const portal = `organizations/${organization.id}/portal`;
  const start = Date.now() - 3_600_000;
  const send = (number: number, birthdate: string) =>
    sendWebhook(
      organization,
      webhookBody(organization, {
        attributes: { firstname: `name ${number}`, birthdate },
        modifiedOn: new Date(start + number * 1000),
      }),
    );
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
  const day = async () =>
    (await okJson<PortalStatus>(await callApi(admin, "GET", `${portal}/status`))).periods.find(
      ({ period }) => period === "24h",
    );

  await forEachLimited(
    numbers(0, failing),
    32,
    async (number) => void (await send(number, "some day in May")),
  );
  await eventually(day, (counts) => counts?.error === failing, 60_000);

  const { current } = await okJson<MappingOverview>(await callApi(admin, "GET", `${portal}/mapping`));
  const mappings = current.mappings.map(({ version: _version, ...mapping }) => ({
    ...mapping,
    fields: mapping.fields.map((field) =>
      field.column === "birthdate" ? { ...field, type: "text" } : field,
    ),
  }));
  const ifMatch = { "if-match": `"${current.version}"` };
  await okJson(await callApi(admin, "POST", `${portal}/mapping`, { mappings }, ifMatch));

  const filter = { code: "mapping.valueInvalid" };
  const estimate = await okJson<ReplayEstimate>(
    await callApi(admin, "POST", `${portal}/replays`, { filter, dryRun: true }),
  );
  expect(estimate).toMatchObject({ events: failing, complete: true });
  expect(estimate.sample.map(({ before, after }) => [before, after])).toEqual(
    numbers(0, 10).map(() => ["error", "success"]),
  );

  const run = async () => {
    const { replayId } = await okJson<Replay>(await callApi(admin, "POST", `${portal}/replays`, { filter }));
    const progress: number[] = [];
    const ended = await eventually(
      async () => {
        const replay = await okJson<Replay>(await callApi(admin, "GET", `${portal}/replays/${replayId}`));
        progress.push(replay.done);
        const { success, error, skipped } = replay.outcomes;
        expect(success + error + skipped).toBe(replay.done);
        return replay;
      },
      ({ state }) => state === "done",
      60_000,
    );
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    return ended;
  };
  const [ended] = await Promise.all([
    run(),
    forEachLimited(numbers(failing, arriving), 8, async (number) => void (await send(number, "1990-05-01"))),
  ]);
  expect(ended).toMatchObject({ total: failing, done: failing });
  expect(ended.outcomes).toEqual({ success: failing, error: 0, skipped: 0 });
  await eventually(day, (counts) => counts?.success === failing + arriving);
  expect(await day()).toMatchObject({ success: failing + arriving, error: 0, skipped: 0 });

  expect(await run()).toMatchObject({ total: 0, done: 0 });
  expect(await day()).toMatchObject({ success: failing + arriving, error: 0, skipped: 0 });
});
