import { z } from "zod";
import { instant } from "./common.ts";

/** Why a request was refused and never became an event. */
export const rejectionReason = z.enum([
  "missingKey",
  "wrongKey",
  "expiredKey",
  "unknownOrganization",
  "notJson",
  "notContext",
  "otherOrganization",
  "tooLarge",
  "wrongContentType",
]);
export type RejectionReason = z.infer<typeof rejectionReason>;

/** One refused request. Nothing in it identifies the sender or holds a secret. */
export const rejection = z.object({
  id: z.string(),
  at: instant,
  reason: rejectionReason,
  contentType: z.string().nullable(),
  bytes: z.int(),
});

/** A page of refused requests, newest first. Of many in one hour with one reason only the first are kept. */
export const rejectionPage = z.object({ items: z.array(rejection), nextCursor: z.string().nullable() });
export type RejectionPage = z.infer<typeof rejectionPage>;

export const rejectionQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** For each reason: what happened, and what to change in Dynamics. Shown to administrators; the sender learns less. */
export const rejectionAdvice: Record<RejectionReason, { title: string; whatToDo: string }> = {
  missingKey: {
    title: "No webhook key",
    whatToDo:
      "In Dynamics, edit the service endpoint and set its authentication to Webhook key with the organization's key.",
  },
  wrongKey: {
    title: "Wrong webhook key",
    whatToDo:
      "The service endpoint in Dynamics uses a key that is not valid here. Enter the current key, or create a new one.",
  },
  expiredKey: {
    title: "Expired webhook key",
    whatToDo:
      "The key was valid until its expiry date. Create a new key and enter it in the service endpoint.",
  },
  unknownOrganization: {
    title: "Unknown organization",
    whatToDo:
      "The webhook address names an organization that does not exist. Compare the address in Dynamics with the one shown here.",
  },
  notJson: {
    title: "Not JSON",
    whatToDo:
      "Something other than Dynamics called the address, or a proxy changed the body. Set the endpoint's message format to JSON.",
  },
  notContext: {
    title: "Not a Dynamics event",
    whatToDo:
      "The body is JSON but not an execution context. Register the address as a webhook, not in a flow or a custom call.",
  },
  otherOrganization: {
    title: "Another environment's event",
    whatToDo:
      "The event comes from a Dynamics environment that is not this organization's. Compare the environment's organization id.",
  },
  tooLarge: {
    title: "Body too large",
    whatToDo: "Dynamics itself never sends bodies of this size. Find out which system calls the address.",
  },
  wrongContentType: {
    title: "Wrong content type",
    whatToDo:
      "Dynamics sends JSON. Find out which system calls the address, or set the endpoint's message format to JSON.",
  },
};
