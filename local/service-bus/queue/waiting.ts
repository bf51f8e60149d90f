import { createHeap } from "./heap.ts";
import type { Message, Waiting } from "./message.ts";

/**
 * Creates an empty line of messages that wait for a receiver. A message that returns (abandoned, lock
 * expired) goes back to its place by sequence number. `isAvailable` sorts out what left the line meanwhile.
 */
export function createWaiting(isAvailable: (message: Message) => boolean): Waiting {
  const heap = createHeap<Message>();
  /** The first message, already taken off the heap while looking whether there is one. */
  let first: Message | undefined;

  const look = () => {
    if (first && (!isAvailable(first) || heap.firstKey() < first.sequenceNumber)) {
      if (isAvailable(first)) heap.push(first.sequenceNumber, first);
      first = undefined;
    }
    while (!first && heap.size > 0) {
      const candidate = heap.pop()!;
      if (isAvailable(candidate)) first = candidate;
    }
    return first;
  };

  return {
    add: (message) => heap.push(message.sequenceNumber, message),
    take() {
      const message = look();
      first = undefined;
      return message;
    },
    isEmpty: () => look() === undefined,
  };
}
