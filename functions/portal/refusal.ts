import type { RejectionReason } from "../contracts/rejections.ts";
import { ApiProblem } from "../platform/http/problem.ts";

/** A webhook request that does not become an event, with the reason for the log; the sender is told no more than it may know. */
export class Refused extends Error {
  readonly reason: RejectionReason;
  /** Whose rejection it is; null when the address names no organization. */
  readonly organizationId: string | null;
  readonly contentType: string | null;
  readonly bytes: number;

  constructor(
    reason: RejectionReason,
    organizationId: string | null,
    contentType: string | null = null,
    bytes = 0,
  ) {
    super(`Webhook refused: ${reason}`);
    this.name = "Refused";
    this.reason = reason;
    this.organizationId = organizationId;
    this.contentType = contentType;
    this.bytes = bytes;
  }
}

/** One answer for every fault of the key, so that nobody learns which organizations exist. */
const notAuthorized = () =>
  new ApiProblem(
    401,
    "webhook.unauthorized",
    "Not accepted",
    "The webhook key is missing or not valid for this address. Send it in the header x-webhook-key or as ?code=.",
  );

/** The answer to the sender of a refused webhook. */
export function refusalProblem(reason: RejectionReason, maxBytes: number): ApiProblem {
  switch (reason) {
    case "missingKey":
    case "wrongKey":
    case "expiredKey":
    case "unknownOrganization":
      return notAuthorized();
    case "notJson":
      return new ApiProblem(400, "webhook.notJson", "Not JSON", "The body cannot be read as JSON.");
    case "notContext":
      return new ApiProblem(
        400,
        "webhook.notContext",
        "Not a Dynamics event",
        "The body is JSON but not a RemoteExecutionContext as Dataverse sends it to webhooks.",
      );
    case "otherOrganization":
      return new ApiProblem(
        403,
        "webhook.otherOrganization",
        "Another environment's event",
        "The OrganizationId in the body is not the Dynamics environment of this address.",
      );
    case "tooLarge":
      return new ApiProblem(
        413,
        "webhook.tooLarge",
        "Too large",
        `The body is larger than ${maxBytes} bytes.`,
      );
    case "wrongContentType":
      return new ApiProblem(
        415,
        "webhook.wrongContentType",
        "Not JSON",
        "Send the body with content-type application/json.",
      );
  }
}
