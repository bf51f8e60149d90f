import { expect, test } from "vitest";

import { createBroker } from "../broker.ts";
import { createManualClock } from "../manualClock.ts";
import { testQueue } from "../testBus.ts";
import { answerManagement } from "./management.ts";

test("an operation that is not offered is refused in so many words", () => {
  const broker = createBroker({
    store: ":memory:",
    entities: { queues: [testQueue("q")] },
    clock: createManualClock(),
    maxMessageBytes: 1024,
  });
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
