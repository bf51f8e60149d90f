import { eventIdentity } from "../../functions/dynamics/eventIdentity.ts";
import { parseContext } from "../../functions/dynamics/context.ts";
import { remoteExecutionContext } from "../../local/dynamics/context/remoteExecutionContext.ts";
import type { ContextDescription } from "../../local/dynamics/context/remoteExecutionContext.ts";
import type { SampleOrganization } from "../../local/stack/sampleOrganizations.ts";

/** A webhook that is ready to be sent, as often as one likes: the same bytes are the same event. */
export interface PreparedWebhook {
  organizationId: string;
  eventId: string;
  body: string;
  request: Buffer;
}

/** Makes the webhook that Dataverse would send for a change, down to the bytes of the HTTP request. */
export function prepareWebhook(
  organization: SampleOrganization,
  change: Omit<ContextDescription, "organizationId">,
): PreparedWebhook {
  const context = remoteExecutionContext({ organizationId: organization.dynamicsOrganizationId, ...change });
  const body = JSON.stringify(context);
  const eventId = eventIdentity(parseContext(body), body);
  return { organizationId: organization.id, eventId, body, request: toRequest(organization, body) };
}

/** The HTTP request with which Dataverse delivers a body, as bytes for the wire. */
export function toRequest({ id, key }: Pick<SampleOrganization, "id" | "key">, body: string): Buffer {
  const head = [
    `POST /api/webhooks/dynamics/${id} HTTP/1.1`,
    "host: localhost",
    "content-type: application/json",
    `x-webhook-key: ${key}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}
