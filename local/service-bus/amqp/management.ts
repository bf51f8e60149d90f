import type { Broker } from "../broker.ts";
import type { Queue } from "../queue/queue.ts";
import type { Request } from "./cbs.ts";
import { amqpError, notImplemented, refusalError } from "./errors.ts";
import { MANAGEMENT_OPERATIONS, type ManagementResult } from "./managementOperations.ts";
import { type AmqpError, types } from "./rhea.ts";

/** Status codes that SDKs expect with an error condition; anything else is a 400. */
const STATUS: Record<string, number> = {
  "amqp:not-implemented": 501,
  "amqp:not-found": 404,
  "com.microsoft:message-not-found": 404,
  "com.microsoft:message-lock-lost": 410,
  "com.microsoft:session-lock-lost": 410,
  "com.microsoft:server-busy": 503,
};

/** Answers one request to an entity's $management address. */
export function answerManagement(broker: Broker, queue: Queue, request: Request): Record<string, unknown> {
  broker.operations.management.calls += 1;
  const operation = String(request.application_properties?.["operation"]);
  const result = perform(broker, queue, operation, request.body);
  const response = "error" in result ? failure(result.error) : success(result);
  return { correlation_id: request.message_id, ...response };
}

function perform(broker: Broker, queue: Queue, operation: string, body: unknown): ManagementResult {
  const fault = broker.faults.take("management", queue.settings.name);
  if (fault) return { error: fault };
  const handler = MANAGEMENT_OPERATIONS.get(operation);
  if (!handler) return { error: notImplemented(`the operation '${operation}'`) };
  try {
    const result = handler(queue, (body ?? {}) as Record<string, unknown>, broker.maxMessageBytes);
    return typeof result === "string" ? { error: refusalError(result) } : result;
  } catch (error) {
    // A value that is missing or of another type shows in the first use of it.
    if (error instanceof RangeError || error instanceof TypeError)
      return { error: amqpError("amqp:decode-error", error.message) };
    throw error;
  }
}

function success({ body, empty }: { body?: Record<string, unknown>; empty?: boolean }) {
  return {
    application_properties: { statusCode: types.wrap_int(empty ? 204 : 200), statusDescription: "OK" },
    body: types.wrap_map(body ?? {}),
  };
}

function failure(error: AmqpError) {
  return {
    application_properties: {
      statusCode: types.wrap_int(STATUS[error.condition] ?? 400),
      statusDescription: error.description,
      errorCondition: types.wrap_symbol(error.condition),
    },
    body: types.wrap_map({}),
  };
}
