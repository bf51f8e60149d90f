import { expect, test } from "vitest";

import { createBroker } from "../broker.ts";
import { createManualClock } from "../manualClock.ts";
import { testQueue } from "../testBus.ts";
import { answerManagement } from "./management.ts";

const brokerWithQueue = () =>
  createBroker({
    store: ":memory:",
    entities: { queues: [testQueue("q")] },
    clock: createManualClock(),
    maxMessageBytes: 1024,
  });

test.each([
  ["com.microsoft:schedule-message", { messages: [{}] }, 400],
  ["toString", {}, 501],
  ["__proto__", {}, 501],
])("a malformed %s is answered", (operation, body, status) => {
  const broker = brokerWithQueue();
  const request = { message_id: "r-1", application_properties: { operation }, body };
  expect(answerManagement(broker, broker.find("q")!, request)).toMatchObject({
    application_properties: { statusCode: { value: status } },
  });
  broker.stop();
});

test("an operation that is not offered is refused in so many words", () => {
  const broker = brokerWithQueue();
  const request = {
    message_id: "r-1",
    application_properties: { operation: "com.microsoft:get-message-sessions" },
  };
  expect(answerManagement(broker, broker.find("Q")!, request)).toMatchObject({
    correlation_id: "r-1",
    application_properties: {
      statusCode: { value: 501 },
      errorCondition: { value: "amqp:not-implemented" },
      statusDescription: expect.stringContaining("com.microsoft:get-message-sessions") as string,
    },
  });
  broker.stop();
});
