import { expect, test } from "vitest";

import { parseAddress } from "./addresses.ts";

test.each([
  ["orders", "orders", "entity"],
  ["/orders/", "orders", "entity"],
  ["sb://127.0.0.1:5672/orders", "orders", "entity"],
  ["amqps://host.example/orders/$DeadLetterQueue", "orders/$DeadLetterQueue", "entity"],
  ["orders/$management", "orders", "management"],
  ["orders/$DeadLetterQueue/$management", "orders/$DeadLetterQueue", "management"],
  ["$cbs", "$cbs", "cbs"],
])("%s leads to %s (%s)", (address, entity, kind) => {
  expect(parseAddress(address)).toEqual({ entity, kind });
});
