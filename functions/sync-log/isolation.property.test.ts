import fc from "fast-check";
import { expect, test } from "vitest";
import { StorageFault } from "../platform/storage/table.ts";
import type { FaultKind, Table } from "../platform/storage/table.ts";
import { outcomes } from "./counters.ts";
import { createRecorder } from "./recorder.ts";
import { connect } from "./testing/modelNetwork.ts";
import { createModelTable } from "./testing/modelTable.ts";
import { sampleEvent, sampleEventId } from "./testing/sampleEvent.ts";

const now = Date.UTC(2026, 2, 4, 12, 30);
const kinds: FaultKind[] = ["ambiguous", "refused", "tooLarge", "conflict", "exists"];

/** A recorder over a table in which one organization's partition fails in this way; those of others work. */
function troubledRecorder(trouble: FaultKind | "silence") {
  const model = createModelTable();
  const { table } = connect(model, { delay: async () => {}, fault: () => "none" });
  const failing: Table = {
    ...table,
    async submit(writes) {
      if (writes[0]?.row.partitionKey !== "fabrikam") return table.submit(writes);
      if (trouble === "silence") return new Promise(() => {});
      throw new StorageFault(trouble, null, "Fabrikam's partition is in trouble.");
    },
  };
  const options = { table: failing, clock: () => now, sleep: async () => {}, random: () => 0, shards: 1 };
  return { recorder: createRecorder(options), rows: () => withoutVersions(model.rows("contoso")) };
}

const eventArbitrary = fc
  .record({
    organizationId: fc.constantFrom("contoso", "fabrikam"),
    id: fc.integer({ min: 1, max: 12 }),
    outcome: fc.constantFrom(...outcomes),
    age: fc.constantFrom(0, 3_600_000, 90_000_000),
  })
  .map(({ id, age, ...own }) => sampleEvent({ ...own, eventId: sampleEventId(id), receivedAt: now - age }));

test("an organization whose storage fails or hangs changes nothing for another", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(eventArbitrary, { maxLength: 40 }),
      fc.constantFrom(...kinds, "silence" as const),
      async (events, trouble) => {
        const [own = [], others = []] = ["contoso", "fabrikam"].map((id) =>
          events.filter(({ organizationId }) => organizationId === id),
        );
        const alone = troubledRecorder(trouble);
        const beside = troubledRecorder(trouble);
        void beside.recorder.record(others).catch(() => {});
        expect(await beside.recorder.record(own)).toEqual(await alone.recorder.record(own));
        expect(beside.rows()).toEqual(alone.rows());
      },
    ),
    { numRuns: 200 },
  );
});

test("of a mixed call, what can be stored is stored, and the call asks for a new delivery", async () => {
  const { recorder, rows } = troubledRecorder("refused");
  const events = ["contoso", "fabrikam"].map((organizationId) => sampleEvent({ organizationId }));
  await expect(recorder.record(events)).rejects.toThrow("1 of 2 events could not be recorded");
  expect(rows().map(({ rowKey }) => rowKey.slice(0, 1))).toEqual(["e", "i", "d", "d"]);
});

function withoutVersions(rows: ReturnType<ReturnType<typeof createModelTable>["rows"]>) {
  return [...rows.values()].map((row) => ({ ...row, etag: null }));
}
