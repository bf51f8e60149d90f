import { createHeap } from "./heap.ts";
import type { Message, Waiting } from "./message.ts";

/**
 * Creates an empty line of messages that wait for a receiver. A message that returns (abandoned, lock
 * expired) goes back to its place by sequence number. `isAvailable` sorts out what left the line meanwhile: on
 * the way to the first one, or all at once when they are the majority, so that a line nobody receives from does not
 * keep what expired in it.
 */
export function createWaiting(isAvailable: (message: Message) => boolean): Waiting {
  const heap = createHeap<Message>();
  /** The first message, already taken off the heap while looking whether there is one. */
  let first: Message | undefined;
  let gone = 0;

  const look = () => {
    if (first && (!isAvailable(first) || heap.firstKey() < first.sequenceNumber)) {
      if (isAvailable(first)) heap.push(first.sequenceNumber, first);
      else gone -= 1;
      first = undefined;
    }
    while (!first && heap.size > 0) {
      const candidate = heap.pop()!;
      if (isAvailable(candidate)) first = candidate;
      else gone -= 1;
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
    left() {
      gone += 1;
      if (gone * 2 <= heap.size) return;
      heap.filter(isAvailable);
      if (first && !isAvailable(first)) first = undefined;
      gone = 0;
    },
  };
}
