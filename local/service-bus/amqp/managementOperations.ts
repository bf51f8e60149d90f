import type { Outcome, Properties, Refusal } from "../queue/message.ts";
import type { Queue } from "../queue/queue.ts";
import { messageTooLarge } from "./errors.ts";
import { tokenToUuid, uuidToToken } from "./lockTokens.ts";
import { readMessage } from "./readMessage.ts";
import { type AmqpError, types } from "./rhea.ts";
import { writeMessage, writeWithoutBody } from "./writeMessage.ts";

/** What a management operation comes to; `empty` is the service's 204. */
export type ManagementResult = { body?: Record<string, unknown>; empty?: boolean } | { error: AmqpError };

type Handler = (
  queue: Queue,
  body: Record<string, unknown>,
  maxMessageBytes: number,
) => ManagementResult | Refusal;

const LONG = 0x81;
const TIMESTAMP = 0x83;

/** A long arrives as a number while it is small enough, else as its eight bytes. */
const toNumber = (value: unknown) =>
  Buffer.isBuffer(value) ? Number(value.readBigInt64BE(0)) : Number(value);

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown) => (typeof value === "string" ? value : undefined);

const sequenceNumbers = (body: Record<string, unknown>) => list(body["sequence-numbers"]).map(toNumber);
const tokens = (body: Record<string, unknown>) => (list(body["lock-tokens"]) as Buffer[]).map(uuidToToken);

/** Most messages that one browse returns. */
const MAX_PEEK = 1000;
/** A browse ends before the message that would exceed this, so that the answer stays a modest one. Its first always fits. */
const MAX_PEEK_BYTES = 1_048_576;

const renewLock: Handler = (queue, body) => {
  const expirations: number[] = [];
  for (const token of tokens(body)) {
    const until = queue.renewLock(token);
    if (typeof until === "string") return until;
    expirations.push(until);
  }
  return { body: { expirations: types.wrap_array(expirations, TIMESTAMP) } };
};

const peek: Handler = (queue, body) => {
  const count = Math.min(Number(body["message-count"]), MAX_PEEK);
  const found = queue.peek(toNumber(body["from-sequence-number"]), count, text(body["session-id"]));
  if (found.length === 0) return { empty: true };
  const write = body["omit-message-body"] === true ? writeWithoutBody : writeMessage;
  const messages: { message: Buffer }[] = [];
  let bytes = 0;
  for (const each of found) {
    const message = write(each, undefined);
    bytes += message.length;
    if (messages.length > 0 && bytes > MAX_PEEK_BYTES) break;
    messages.push({ message });
  }
  return { body: { messages: types.wrap_list(messages) } };
};

const schedule: Handler = (queue, body, maxMessageBytes) => {
  if (queue.settings.isDeadLetterQueue) return "notAllowed";
  const encoded = list(body["messages"]) as { message: Buffer }[];
  const tooLarge = encoded.find(({ message }) => message.length > maxMessageBytes);
  if (tooLarge) return { error: messageTooLarge(0, tooLarge.message.length, maxMessageBytes) };
  const messages = encoded.map(({ message }) => readMessage(message));
  if (queue.settings.requiresSession && messages.some(({ sessionId }) => sessionId === undefined)) {
    throw new RangeError("The SessionId was not set on a message for an entity that requires sessions.");
  }
  // A duplicate is accepted and dropped, as when it is sent: no sequence number of a message is 0.
  const numbers = messages.map((message) => queue.enqueue(message) ?? 0);
  return { body: { "sequence-numbers": types.wrap_array(numbers, LONG) } };
};

const cancelScheduled: Handler = (queue, body) => queue.cancelScheduled(sequenceNumbers(body)) ?? {};

const receiveDeferred: Handler = (queue, body) => {
  const receiveAndDelete = Number(body["receiver-settle-mode"]) === 0;
  const found = queue.receiveDeferred(sequenceNumbers(body), receiveAndDelete, text(body["session-id"]));
  if (typeof found === "string") return found;
  const messages = found.map((message) => ({
    "lock-token": types.wrap_uuid(message.lock ? tokenToUuid(message.lock.token) : Buffer.alloc(16)),
    message: writeMessage(message, message.lock),
  }));
  return { body: { messages: types.wrap_list(messages) } };
};

const updateDisposition: Handler = (queue, body) => {
  const outcome = dispositionOutcome(body);
  if (!outcome) throw new RangeError(`The disposition '${String(body["disposition-status"])}' is unknown.`);
  for (const token of tokens(body)) {
    const refusal = queue.settle(token, outcome);
    if (refusal) return refusal;
  }
  return {};
};

function dispositionOutcome(body: Record<string, unknown>): Outcome | undefined {
  const properties = (body["properties-to-modify"] ?? undefined) as Properties | undefined;
  switch (body["disposition-status"]) {
    case "completed":
      return { kind: "complete" };
    case "abandoned":
      return { kind: "abandon", properties };
    case "defered":
      return { kind: "defer", properties };
    case "suspended": {
      const [reason, description] = ["deadletter-reason", "deadletter-description"].map((key) =>
        text(body[key]),
      );
      return { kind: "deadLetter", reason, description, properties };
    }
    default:
      return undefined;
  }
}

const renewSessionLock: Handler = (queue, body) => {
  const until = queue.sessions.renew(String(body["session-id"]));
  if (typeof until === "string") return until;
  return { body: { expiration: types.wrap_timestamp(until) } };
};

const setSessionState: Handler = (queue, body) => {
  const sessionId = String(body["session-id"]);
  if (!queue.sessions.isHeld(sessionId)) return "sessionLockLost";
  const state = body["session-state"];
  queue.sessions.setState(sessionId, Buffer.isBuffer(state) ? Buffer.from(state) : undefined);
  return {};
};

const getSessionState: Handler = (queue, body) => {
  const sessionId = String(body["session-id"]);
  if (!queue.sessions.isHeld(sessionId)) return "sessionLockLost";
  const state = queue.sessions.state(sessionId);
  return { body: { "session-state": state ? Buffer.from(state) : null } };
};

/** The operations of an entity's $management address by their names on the wire. */
export const MANAGEMENT_OPERATIONS = new Map<string, Handler>(
  Object.entries({
    "com.microsoft:renew-lock": renewLock,
    "com.microsoft:peek-message": peek,
    "com.microsoft:schedule-message": schedule,
    "com.microsoft:cancel-scheduled-message": cancelScheduled,
    "com.microsoft:receive-by-sequence-number": receiveDeferred,
    "com.microsoft:update-disposition": updateDisposition,
    "com.microsoft:renew-session-lock": renewSessionLock,
    "com.microsoft:set-session-state": setSessionState,
    "com.microsoft:get-session-state": getSessionState,
  }),
);
