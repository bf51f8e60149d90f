import type { ServiceBusReceivedMessage } from "@azure/service-bus";
import type { TypedData } from "../core/coreTypes.ts";
import type { RunInput } from "../core/runFunction.ts";

/** How a function wants its messages. */
interface MessageDataOptions {
  /** Buffers instead of text. */
  binary: boolean;
  /** The app's capability `IncludeEmptyEntriesInMessagePayload`: empty entries of a batch are kept. */
  includeEmpty: boolean;
}

type Read<T> = (message: ServiceBusReceivedMessage) => T | undefined;

/** The metadata names of the .NET extension whose values travel as text. */
const TEXTS: Record<string, Read<string>> = {
  DeadLetterSource: (message) => message.deadLetterSource,
  LockToken: (message) => message.lockToken,
  MessageId: (message) => (message.messageId === undefined ? undefined : String(message.messageId)),
  ContentType: (message) => message.contentType,
  ReplyTo: (message) => message.replyTo,
  To: (message) => message.to,
  Subject: (message) => message.subject,
  Label: (message) => message.subject,
  CorrelationId: (message) =>
    message.correlationId === undefined ? undefined : String(message.correlationId),
  SessionId: (message) => message.sessionId,
  ReplyToSessionId: (message) => message.replyToSessionId,
  PartitionKey: (message) => message.partitionKey,
  TransactionPartitionKey: () => undefined,
};

/** Those that travel as JSON. .NET counts the delivery under way, the JavaScript client those before it. */
const JSONS: Record<string, Read<unknown>> = {
  DeliveryCount: (message) => (message.deliveryCount ?? 0) + 1,
  ExpiresAtUtc: (message) => message.expiresAtUtc,
  ExpiresAt: (message) => message.expiresAtUtc,
  EnqueuedTimeUtc: (message) => message.enqueuedTimeUtc,
  EnqueuedTime: (message) => message.enqueuedTimeUtc,
  ApplicationProperties: (message) => message.applicationProperties ?? {},
  UserProperties: (message) => message.applicationProperties ?? {},
};

const sequenceNumber = (message: ServiceBusReceivedMessage) => message.sequenceNumber?.toNumber() ?? 0;

/** What a function with cardinality one gets. */
export function singleMessageInput(
  message: ServiceBusReceivedMessage,
  { binary }: MessageDataOptions,
): RunInput {
  const body = bodyBytes(message);
  const metadata: Record<string, TypedData> = {};
  for (const [name, read] of Object.entries(TEXTS)) {
    const value = read(message);
    if (value !== undefined) metadata[name] = { string: value };
  }
  for (const [name, read] of Object.entries(JSONS)) {
    const value = read(message);
    if (value !== undefined) metadata[name] = { json: JSON.stringify(value) };
  }
  metadata["SequenceNumber"] = { json: String(sequenceNumber(message)) };
  Object.assign(metadata, bodyMetadata(body));
  return { data: binary ? { bytes: body } : { string: body.toString("utf8") }, metadata };
}

/** What a function with cardinality many gets; empty bodies and texts are left out, as the host does. */
export function batchInput(
  messages: ServiceBusReceivedMessage[],
  { binary, includeEmpty }: MessageDataOptions,
): RunInput {
  const bodies = messages.map(bodyBytes).filter((body) => includeEmpty || body.byteLength > 0);
  const metadata: Record<string, TypedData> = {};
  for (const [name, read] of Object.entries(TEXTS)) {
    const values = messages.map((message) => read(message) ?? "");
    metadata[`${name}Array`] = {
      collectionString: { string: includeEmpty ? values : values.filter((value) => value !== "") },
    };
  }
  for (const [name, read] of Object.entries(JSONS))
    metadata[`${name}Array`] = { json: JSON.stringify(messages.map((message) => read(message) ?? null)) };
  metadata["SequenceNumberArray"] = { collectionSint64: { sint64: messages.map(sequenceNumber) } };
  const data = binary
    ? { collectionBytes: { bytes: bodies } }
    : { collectionString: { string: bodies.map((body) => body.toString("utf8")) } };
  return { data, metadata };
}

/** The body as bytes; a value or sequence body, which .NET could not read here, as its JSON text. */
function bodyBytes(message: ServiceBusReceivedMessage): Buffer {
  const body = message.body as unknown;
  if (Buffer.isBuffer(body)) return body;
  if (body === undefined || body === null) return Buffer.alloc(0);
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

/** A JSON object in the body adds its members to the metadata, except lists; they overwrite. */
function bodyMetadata(body: Buffer): Record<string, TypedData> {
  if (body[0] !== 0x7b) return {};
  let content: unknown;
  try {
    content = JSON.parse(body.toString("utf8"));
  } catch {
    return {};
  }
  const metadata: Record<string, TypedData> = {};
  for (const [name, value] of Object.entries(content as Record<string, unknown>)) {
    if (value === null || Array.isArray(value)) continue;
    metadata[name] = { string: typeof value === "string" ? value : JSON.stringify(value) };
  }
  return metadata;
}
