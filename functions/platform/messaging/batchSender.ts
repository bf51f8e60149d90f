import type { ServiceBusMessage, ServiceBusMessageBatch, ServiceBusSender } from "@azure/service-bus";

/** Sends one message; resolves when the broker has it, rejects when that is not certain. */
export type SendOne = (message: ServiceBusMessage) => Promise<void>;

type Sender = Pick<ServiceBusSender, "createMessageBatch" | "sendMessages">;

interface Waiting {
  message: ServiceBusMessage;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Lets concurrent callers share a batched send: while one batch is on its way, the next callers gather. A
 * caller alone is sent at once. A message that no batch takes is sent by itself, so that its error reaches
 * its caller and nobody else's.
 */
export function createBatchSender(sender: Sender): SendOne {
  let waiting: Waiting[] = [];
  let sending = false;

  async function drain(): Promise<void> {
    sending = true;
    while (waiting.length > 0) {
      const gathered = waiting;
      waiting = [];
      await sendGathered(sender, gathered);
    }
    sending = false;
  }

  return (message) =>
    new Promise((resolve, reject) => {
      waiting.push({ message, resolve, reject });
      if (!sending) void drain();
    });
}

/** Settles every waiting caller; never throws. */
async function sendGathered(sender: Sender, gathered: readonly Waiting[]): Promise<void> {
  let rest = gathered;
  try {
    while (rest.length > 0) {
      const batch = await sender.createMessageBatch();
      const size = fill(batch, rest);
      const [first] = rest;
      if (size > 0) await settle(rest.slice(0, size), () => sender.sendMessages(batch));
      else if (first) await settle([first], () => sender.sendMessages(first.message));
      rest = rest.slice(Math.max(size, 1));
    }
  } catch (error) {
    for (const entry of rest) entry.reject(error);
  }
}

/** Puts in what fits and returns how many that were. It stops at a message that the SDK refuses, whose turn then comes alone. */
function fill(batch: ServiceBusMessageBatch, entries: readonly Waiting[]): number {
  let size = 0;
  try {
    for (const { message } of entries) {
      if (!batch.tryAddMessage(message)) break;
      size += 1;
    }
  } catch {
    return size;
  }
  return size;
}

async function settle(entries: readonly Waiting[], send: () => Promise<void>): Promise<void> {
  try {
    await send();
    for (const entry of entries) entry.resolve();
  } catch (error) {
    for (const entry of entries) entry.reject(error);
  }
}
