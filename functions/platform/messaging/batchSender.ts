import type { ServiceBusMessage, ServiceBusSender } from "@azure/service-bus";

/** Sends one message; resolves when the broker has it, rejects when that is not certain. */
export type SendOne = (message: ServiceBusMessage) => Promise<void>;

interface Waiting {
  message: ServiceBusMessage;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Lets concurrent callers share a batched send: while one batch is on its way, the next callers gather. A
 * caller alone is sent at once. A message too large for a batch of its own is sent by itself, so that the
 * broker's own error reaches its caller and nobody else's.
 */
export function createBatchSender(sender: Pick<ServiceBusSender, "createMessageBatch" | "sendMessages">): SendOne {
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
async function sendGathered(
  sender: Pick<ServiceBusSender, "createMessageBatch" | "sendMessages">,
  gathered: Waiting[],
): Promise<void> {
  let part: Waiting[] = [];
  try {
    let batch = await sender.createMessageBatch();
    for (const entry of gathered) {
      if (batch.tryAddMessage(entry.message)) {
        part.push(entry);
        continue;
      }
      if (part.length === 0) {
        await settle([entry], () => sender.sendMessages(entry.message));
        continue;
      }
      const full = batch;
      await settle(part, () => sender.sendMessages(full));
      part = [];
      batch = await sender.createMessageBatch();
      if (batch.tryAddMessage(entry.message)) part.push(entry);
      else await settle([entry], () => sender.sendMessages(entry.message));
    }
    const last = batch;
    if (part.length > 0) await settle(part, () => sender.sendMessages(last));
  } catch (error) {
    for (const entry of gathered) entry.reject(error);
  }
}

async function settle(entries: readonly Waiting[], send: () => Promise<void>): Promise<void> {
  try {
    await send();
    for (const entry of entries) entry.resolve();
  } catch (error) {
    for (const entry of entries) entry.reject(error);
  }
}
