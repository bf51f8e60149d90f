import type { ServiceBusReceivedMessage } from "@azure/service-bus";
import { expect, test } from "vitest";
import { batchInput, singleMessageInput } from "./messageData.ts";
import { toMessages } from "./sendOutputs.ts";

const message = (body: unknown, more: Record<string, unknown> = {}) =>
  ({
    body,
    deliveryCount: 0,
    sequenceNumber: { toNumber: () => 7 },
    enqueuedTimeUtc: new Date("2026-01-31T08:00:00Z"),
    ...more,
  }) as unknown as ServiceBusReceivedMessage;
const text = { binary: false, includeEmpty: false };

test("a single message is text or bytes, and null values are left out of its metadata", () => {
  const one = message(Buffer.from("é"), { messageId: "m" });
  expect(singleMessageInput(one, text).data).toEqual({ string: "é" });
  expect(singleMessageInput(one, { ...text, binary: true }).data).toEqual({ bytes: Buffer.from("é") });
  const { metadata } = singleMessageInput(one, text);
  expect(metadata).toMatchObject({
    MessageId: { string: "m" },
    DeliveryCount: { json: "1" },
    SequenceNumber: { json: "7" },
    EnqueuedTimeUtc: { json: '"2026-01-31T08:00:00.000Z"' },
  });
  expect(metadata).not.toHaveProperty("SessionId");
});

test("members of a JSON body overwrite metadata; lists, nulls and broken JSON do not", () => {
  const body = '{"MessageId":"of the body","n":1,"o":{"a":1},"list":[1],"none":null}';
  expect(singleMessageInput(message(Buffer.from(body), { messageId: "m" }), text).metadata).toMatchObject({
    MessageId: { string: "of the body" },
    n: { string: "1" },
    o: { string: '{"a":1}' },
  });
  const { metadata } = singleMessageInput(message(Buffer.from("{broken")), text);
  expect(Object.keys(metadata!)).not.toContain("broken");
});

test("empty entries are left out of a batch unless the app wants them", () => {
  const messages = [message(Buffer.from("a"), { subject: "s" }), message(Buffer.alloc(0))];
  const without = batchInput(messages, text);
  expect(without.data).toEqual({ collectionString: { string: ["a"] } });
  expect(without.metadata!["SubjectArray"]).toEqual({ collectionString: { string: ["s"] } });
  expect(without.metadata!["SequenceNumberArray"]).toEqual({ collectionSint64: { sint64: [7, 7] } });
  const kept = batchInput(messages, { ...text, includeEmpty: true });
  expect(kept.data).toEqual({ collectionString: { string: ["a", ""] } });
  expect(kept.metadata!["SubjectArray"]).toEqual({ collectionString: { string: ["s", ""] } });
});

test("an output becomes one message per element, objects as indented JSON", () => {
  const bodies = (data: Parameters<typeof toMessages>[0]) =>
    toMessages(data).map(({ body }) => (body as Buffer).toString("utf8"));
  expect(bodies({ json: '[{"a":1},"x"]' })).toEqual(['{\n  "a": 1\n}', "x"]);
  expect(bodies({ string: '["x","y"]' })).toEqual(["x", "y"]);
  expect(bodies({ string: "[not a list" })).toEqual(["[not a list"]);
  expect(bodies({ json: '{"a":1}' })).toEqual(['{\n  "a": 1\n}']);
  expect(bodies({ bytes: Buffer.from("raw") })).toEqual(["raw"]);
  expect(bodies({ int: 0 })).toEqual(["0"]);
});
