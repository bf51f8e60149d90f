import { beforeEach, expect, test } from "vitest";
import { eventDetail } from "../contracts/portal.ts";
import { azureTable } from "../platform/storage/azureTable.ts";
import type { Table } from "../platform/storage/table.ts";
import { useAzuriteTables } from "../platform/storage/testing/azurite.ts";
import { readEvent, readPayload } from "./readEvent.ts";
import { createRecorder } from "./recorder.ts";
import type { Recorder } from "./recorder.ts";
import { sampleEvent, sampleEventId } from "./testing/sampleEvent.ts";

const noon = Date.UTC(2026, 2, 4, 12);
const newTable = useAzuriteTables();
let syncLog: Table;
let recorder: Recorder;
beforeEach(async () => {
  syncLog = azureTable(await newTable());
  recorder = createRecorder({ table: syncLog, clock: () => noon });
});

test("an event is shown with all that is known of it", async () => {
  const event = sampleEvent({
    outcome: "error",
    code: "mapping.valueInvalid",
    message: "“Århus” is not a date.",
    recordIds: ["a", "b"],
    operationId: "op-1",
    initiatingUserId: "user-1",
    operationCreatedAt: noon - 5_000,
    textRepaired: true,
    steps: [{ name: "mapped", result: "failed", detail: "birthdate", durationMs: 1.5 }],
    changes: [{ recordId: "a", field: "lastName", old: null, new: "Sørensen" }],
    nextAttemptAt: noon + 60_000,
  });
  await recorder.record([event]);
  const detail = await readEvent(syncLog, "contoso", event.eventId);
  expect(eventDetail.parse(detail)).toEqual(detail);
  expect(detail).toMatchObject({
    outcome: "error",
    message: event.message,
    recordIds: ["a", "b"],
    operationId: "op-1",
    initiatingUserId: "user-1",
    operationCreatedAt: new Date(noon - 5_000).toISOString(),
    textRepaired: true,
    steps: event.steps,
    changes: event.changes,
    nextAttemptAt: new Date(noon + 60_000).toISOString(),
    advice: { title: "A value cannot be read" },
  });
  expect(detail?.attemptLog).toMatchObject([{ number: 1, kind: "delivery", outcome: "error" }]);
});

test("an event that nobody recorded is not there", async () => {
  expect(await readEvent(syncLog, "contoso", sampleEventId(5))).toBeNull();
  expect(await readPayload(syncLog, "contoso", sampleEventId(5))).toBeNull();
});

test("an event keeps its payload of many pieces through later attempts, out of lists and details", async () => {
  const whole = Buffer.from(Array.from({ length: 400_000 }, (_, index) => index % 251));
  const gzip = new Uint8Array(whole.buffer, whole.byteOffset + 10, 200_000);
  await recorder.record([sampleEvent({ outcome: "error", payload: { bytes: 1_000_000, gzip } })]);
  await recorder.record([sampleEvent({ attempt: 2, attemptKind: "replay" })]);
  const payload = await readPayload(syncLog, "contoso", sampleEventId(1));
  expect(payload?.bytes).toBe(1_000_000);
  expect(payload && "gzip" in payload && Buffer.compare(payload.gzip, gzip)).toBe(0);
  expect((await readEvent(syncLog, "contoso", sampleEventId(1)))?.payloadBytes).toBe(1_000_000);
});

test("an event names the blob of a payload that is too large for the queue", async () => {
  await recorder.record([sampleEvent({ payload: { bytes: 9_000_000, blob: "contoso/1" } })]);
  expect(await readPayload(syncLog, "contoso", sampleEventId(1))).toEqual({
    bytes: 9_000_000,
    blob: "contoso/1",
  });
});

test("an event that is too long is shortened and says so", async () => {
  const changes = Array.from({ length: 300 }, (_, index) => ({
    recordId: "a",
    field: `f${index}`,
    old: "😀".repeat(4_000),
    new: index,
  }));
  const message = "x".repeat(100_000);
  await recorder.record([sampleEvent({ outcome: "error", changes, message })]);
  const detail = await readEvent(syncLog, "contoso", sampleEventId(1));
  expect(detail?.message).toMatch(/^x{1900,}… \(100000 characters\)$/);
  expect(detail?.changes[0]?.old).toMatch(/^(😀)+.?… \(8000 characters\)$/u);
  const shown = detail?.changes.slice(0, -1) ?? [];
  expect(detail?.changes.at(-1)?.field).toBe(`${300 - shown.length} more fields`);
  expect(shown.map((change) => change.field)).toEqual(
    changes.slice(0, shown.length).map(({ field }) => field),
  );
});
