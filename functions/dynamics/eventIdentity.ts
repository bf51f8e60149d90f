import { createHash } from "node:crypto";
import type { ContextHead } from "./context.ts";

/**
 * The id of an event: 32 hexadecimal digits that every repetition of the same delivery yields again. Dataverse sends
 * no delivery id. For an asynchronous step the operation is its own system job, so its id together with the step, the
 * message and the row is unique; for a synchronous step the operation is the request, which may touch a row twice, so
 * the body counts as well. It counts too when the operation has no id.
 */
export function eventIdentity(context: ContextHead, rawBody: string | Uint8Array): string {
  const { organizationId, operationId, stepId, messageName, recordId } = context;
  const hash = createHash("sha256");
  hash.update(JSON.stringify([organizationId, operationId, stepId, messageName, recordId]));
  if (context.synchronous || operationId === null) hash.update(rawBody);
  return hash.digest("hex").slice(0, 32);
}
