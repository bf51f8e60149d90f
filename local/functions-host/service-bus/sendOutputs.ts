import type { ServiceBusMessage, ServiceBusSender } from "@azure/service-bus";
import type { AppFunction } from "../core/appFunctions.ts";
import type { InvocationResponse, TypedData } from "../core/coreTypes.ts";
import type { Output } from "../core/outputs.ts";
import type { Namespaces } from "./clients.ts";

/** Sends what a function put into its Service Bus outputs. */
export function createOutputSender(
  namespaces: Namespaces,
): (appFunction: AppFunction, response: InvocationResponse) => Promise<void> {
  const senders = new Map<string, ServiceBusSender>();

  function senderFor(output: Output): ServiceBusSender {
    const key = JSON.stringify([output.connection, output.entity]);
    const sender = senders.get(key) ?? namespaces.get(output.connection).sending.createSender(output.entity);
    senders.set(key, sender);
    return sender;
  }

  return async (appFunction, response) => {
    for (const output of appFunction.outputs) {
      const data =
        output.name === "$return"
          ? response.returnValue
          : response.outputData?.find(({ name }) => name === output.name)?.data;
      const messages = data ? toMessages(data) : [];
      if (messages.length > 0) await senderFor(output).sendMessages(messages);
    }
  };
}

/**
 * A list becomes one message per element, also when it is the JSON text of a list; objects are written as
 * indented JSON. Both are what the host's binding does.
 */
export function toMessages(data: TypedData): ServiceBusMessage[] {
  if (data.bytes) return [{ body: Buffer.from(data.bytes), contentType: "application/octet-stream" }];
  const text = data.json ?? data.string ?? String(data.int ?? data.double ?? "");
  const list = text.trimStart().startsWith("[") ? parseList(text) : undefined;
  if (list) return list.map(toMessage);
  return [toMessage(data.json === undefined ? text : JSON.parse(data.json))];
}

function parseList(text: string): unknown[] | undefined {
  try {
    return JSON.parse(text) as unknown[];
  } catch {
    return undefined;
  }
}

function toMessage(value: unknown): ServiceBusMessage {
  if (typeof value === "string") return { body: Buffer.from(value), contentType: "text/plain" };
  return { body: Buffer.from(JSON.stringify(value, undefined, 2)), contentType: "application/json" };
}
