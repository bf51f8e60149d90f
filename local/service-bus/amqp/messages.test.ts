import { describe, expect, test } from "vitest";

import type { IncomingMessage, Message } from "../queue/message.ts";
import { readMessage } from "./readMessage.ts";
import { message as amqp, types } from "./rhea.ts";
import { sectionsOf } from "./sections.ts";
import { setProperties, writeMessage, writeWithoutBody } from "./writeMessage.ts";

/** A message of a queue with the content that was read. */
function stored(incoming: IncomingMessage): Message {
  return {
    ...incoming,
    sequenceNumber: 5_000_000_000,
    state: "active",
    enqueuedAt: 1_700_000_000_000,
    expiresAt: Infinity,
    deliveryCount: 2,
    lock: undefined,
  };
}

/** The typed items of the section with this descriptor code. */
function section(encoded: Buffer, code: number): unknown {
  const found = [...sectionsOf(encoded)].find((candidate) => candidate.code === code);
  return found && (new types.Reader(encoded.subarray(found.value)).read().value as unknown);
}

const typeNames = (items: unknown) => (items as { type: { name: string } }[]).map(({ type }) => type.name);

describe("a delivered message", () => {
  const sent = amqp.encode({
    durable: true,
    priority: 7,
    ttl: 1_000,
    message_id: "m",
    message_annotations: { "x-opt-partition-key": "p", "x-opt-sequence-number": 99 },
    application_properties: { long: types.wrap_long(1), int: types.wrap_int(1), text: "t" },
    body: "b",
  });

  test("carries its header, the sender's annotations and those of the broker", () => {
    const delivered = writeMessage(stored(readMessage(sent)), undefined);
    const header = section(delivered, 0x70) as { value: unknown }[];
    expect(header.map(({ value }) => value)).toEqual([true, 7, 1_000, false, 2]);
    const annotations = (section(delivered, 0x72) as { value: unknown }[]).map(({ value }) => value);
    expect(annotations).toEqual([
      "x-opt-partition-key",
      "p",
      "x-opt-sequence-number",
      5_000_000_000,
      "x-opt-enqueued-time",
      new Date(1_700_000_000_000),
      "x-opt-message-state",
      0,
    ]);
  });

  test("keeps the exact types of its application properties, also when more are set", () => {
    const message = stored(readMessage(sent));
    setProperties(message, { DeadLetterReason: "why", text: "other" });
    const properties = section(writeMessage(message, undefined), 0x74);
    expect(typeNames(properties)).toEqual([
      "Str8",
      "SmallLong",
      "Str8",
      "SmallInt",
      "Str8",
      "Str8",
      "Str8",
      "Str8",
    ]);
    expect((properties as { value: unknown }[]).map(({ value }) => value)).toEqual([
      "long",
      1,
      "int",
      1,
      "DeadLetterReason",
      "why",
      "text",
      "other",
    ]);
  });

  test("gets application properties where it had none", () => {
    const message = stored(readMessage(amqp.encode({ message_id: "m", body: "b" })));
    setProperties(message, { reason: "why" });
    const delivered = writeMessage(message, undefined);
    expect((section(delivered, 0x74) as { value: unknown }[]).map(({ value }) => value)).toEqual([
      "reason",
      "why",
    ]);
    expect(section(delivered, 0x77)).toBe("b");
  });
});

test.each([
  ["by its number", Buffer.from("005377", "hex")],
  ["by its name", Buffer.concat([Buffer.from("00a311", "hex"), Buffer.from("amqp:amqp-value:*")])],
])("a body that is named %s is left out where it is not wanted", (_, descriptor) => {
  const head = amqp.encode({ message_id: "m", body: "" }).subarray(0, -5);
  const value = types.wrap_string("secret");
  const writer = new types.Writer();
  writer.write(value);
  const message = stored(readMessage(Buffer.concat([head, descriptor, writer.toBuffer()])));
  expect(writeMessage(message, undefined).includes("secret")).toBe(true);
  expect(writeWithoutBody(message).includes("secret")).toBe(false);
});

describe("what the broker reads of a message", () => {
  test("the session and the scheduled time", () => {
    const at = new Date(1_800_000_000_000);
    const encoded = amqp.encode({
      message_id: "m",
      group_id: "session é",
      message_annotations: { "x-opt-scheduled-enqueue-time": at },
      body: "b",
    });
    expect(readMessage(encoded)).toMatchObject({
      messageId: "m",
      sessionId: "session é",
      scheduledFor: at.getTime(),
    });
  });

  test("ids of other types than text are told apart", () => {
    const id = (value: unknown) => readMessage(amqp.encode({ message_id: value, body: "b" })).messageId;
    expect(new Set([id(5), id("5"), id(types.wrap_uuid(Buffer.alloc(16, 5)))]).size).toBe(3);
    expect(id(5)).toBe(id(5));
  });

  test("bytes that are not a message are refused", () => {
    const encoded = amqp.encode({ message_id: "m", body: "b" });
    expect(() => readMessage(encoded.subarray(0, -1))).toThrow(RangeError);
    expect(() => readMessage(Buffer.from("nonsense"))).toThrow(RangeError);
  });
});
