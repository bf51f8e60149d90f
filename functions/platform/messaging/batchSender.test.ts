import type { ServiceBusMessage, ServiceBusMessageBatch } from "@azure/service-bus";
import { describe, expect, it } from "vitest";
import { createBatchSender } from "./batchSender.ts";

type Sent = string[];
type Deliver = (ids: Sent, isBatch: boolean) => Promise<void>;

/**
 * A sender whose batches take `capacity` messages, none of them named "large", and whose SDK refuses "invalid".
 * `deliver` is the broker; `sent` is what reached it, one entry a request.
 */
function fakeSender(deliver: Deliver = () => Promise.resolve(), capacity = 3) {
  const sent: Sent[] = [];
  let linkFails = false;
  return {
    sent,
    failLink: () => {
      linkFails = true;
    },
    async createMessageBatch() {
      if (linkFails) throw new Error("no link");
      const ids: Sent = [];
      const tryAddMessage = ({ messageId }: ServiceBusMessage) => {
        if (messageId === "invalid") throw new TypeError("not a message");
        const fits = messageId !== "large" && ids.length < capacity;
        if (fits) ids.push(String(messageId));
        return fits;
      };
      return { ids, tryAddMessage } as unknown as ServiceBusMessageBatch;
    },
    async sendMessages(what: unknown) {
      const { ids, messageId } = what as { ids?: Sent; messageId?: string };
      const request = ids ?? [String(messageId)];
      sent.push(request);
      if (messageId === "large") throw new Error("message too large");
      if (messageId === "invalid") throw new TypeError("not a message");
      await deliver(request, ids !== undefined);
    },
  };
}

const message = (messageId: string): ServiceBusMessage => ({ messageId, body: null });
const outcomes = async (sending: Promise<void>[]) =>
  (await Promise.allSettled(sending)).map((result) =>
    result.status === "fulfilled" ? "sent" : (result.reason as Error).message,
  );

describe("sending", () => {
  it("resolves only when the broker has the message", async () => {
    const arrived = Promise.withResolvers<void>();
    let resolved = false;
    const sending = createBatchSender(fakeSender(() => arrived.promise))(message("a")).then(() => {
      resolved = true;
      return true;
    });
    await new Promise(setImmediate);
    expect(resolved).toBe(false);
    arrived.resolve();
    expect(await sending).toBe(true);
  });

  it("sends one alone at once, and those that come meanwhile together", async () => {
    const gate = Promise.withResolvers<void>();
    const sender = fakeSender(() => gate.promise);
    const send = createBatchSender(sender);
    const sending = ["a", "b", "c"].map((id) => send(message(id)));
    await new Promise(setImmediate);
    expect(sender.sent).toEqual([["a"]]);
    gate.resolve();
    expect(await outcomes(sending)).toEqual(["sent", "sent", "sent"]);
    expect(sender.sent).toEqual([["a"], ["b", "c"]]);
  });

  it("begins another batch when one is full, and keeps the order", async () => {
    const sender = fakeSender();
    const send = createBatchSender(sender);
    await Promise.all(["0", "1", "2", "3", "4", "5"].map((id) => send(message(id))));
    expect(sender.sent).toEqual([["0"], ["1", "2", "3"], ["4", "5"]]);
  });

  it("works again after it was idle", async () => {
    const sender = fakeSender();
    const send = createBatchSender(sender);
    await send(message("a"));
    await send(message("b"));
    expect(sender.sent).toEqual([["a"], ["b"]]);
  });
});

describe("failing", () => {
  it("tells every caller of the batch that failed, and no other", async () => {
    const sender = fakeSender(async (ids) => {
      if (ids.includes("b")) throw new Error("broker away");
    }, 2);
    const send = createBatchSender(sender);
    const sending = ["a", "b", "c", "d"].map((id) => send(message(id)));
    expect(await outcomes(sending)).toEqual(["sent", "broker away", "broker away", "sent"]);
  });

  it.each([
    ["large", "message too large"],
    ["invalid", "not a message"],
  ])("gives the error of one that is %s to its caller alone", async (bad, error) => {
    const send = createBatchSender(fakeSender());
    const sending = ["a", bad, "b", bad].map((id) => send(message(id)));
    expect(await outcomes(sending)).toEqual(["sent", error, "sent", error]);
  });

  it("tells every waiting caller when there is no connection, and tries again for the next", async () => {
    const sender = fakeSender();
    const send = createBatchSender(sender);
    sender.failLink();
    expect(await outcomes([send(message("a")), send(message("b"))])).toEqual(["no link", "no link"]);
    expect(await outcomes([send(message("c"))])).toEqual(["no link"]);
    expect(sender.sent).toEqual([]);
  });
});
