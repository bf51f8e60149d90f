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

/** Refused requests by reason over time: every hour of the last 24, or every day of the last 30, oldest first. */
export const rejectionHistory = z.object({
  slots: z.array(
    z.object({ from: instant, counts: z.array(z.object({ reason: rejectionReason, count: z.int() })) }),
  ),
});
export type RejectionHistory = z.infer<typeof rejectionHistory>;
export const rejectionHistoryQuery = z.strictObject({ period: z.enum(["24h", "30d"]).default("24h") });
export type RejectionPage = z.infer<typeof rejectionPage>;

export const rejectionQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** What a reason means and who can do something about it. Shown to administrators; the sender learns less. */
export interface RejectionAdvice {
  title: string;
  whatHappened: string;
  whatToDo: string;
  owner: string;
}

const administrator = "Organization administrator";
const dynamicsAdministrator = "Dynamics administrator";

/** For each reason: what happened, what to do and who can. */
export const rejectionAdvice: Record<RejectionReason, RejectionAdvice> = {
  missingKey: {
    title: "No webhook key",
    whatHappened: "The request carried no webhook key, so nobody can tell who sent it.",
    whatToDo:
      "In Dynamics, edit the service endpoint and set its authentication to Webhook key with the organization's key.",
    owner: dynamicsAdministrator,
  },
  wrongKey: {
    title: "Wrong webhook key",
    whatHappened: "The request carried a webhook key that this organization does not have, or has revoked.",
    whatToDo: "Enter a current key in the service endpoint in Dynamics, or create a new one here first.",
    owner: dynamicsAdministrator,
  },
  expiredKey: {
    title: "Expired webhook key",
    whatHappened: "The request carried a webhook key of this organization whose expiry date has passed.",
    whatToDo: "Create a new key here, and have it entered in the service endpoint in Dynamics.",
    owner: administrator,
  },
  unknownOrganization: {
    title: "Unknown organization",
    whatHappened: "The address that was called names no organization of the platform.",
    whatToDo: "Compare the address of the service endpoint in Dynamics with the one shown here.",
    owner: dynamicsAdministrator,
  },
  notJson: {
    title: "Not JSON",
    whatHappened:
      "The body of the request is not JSON: something other than Dynamics called the address, or a proxy changed the body.",
    whatToDo:
      "Set the message format of the service endpoint to JSON. If it is, find out which system calls the address.",
    owner: dynamicsAdministrator,
  },
  notContext: {
    title: "Not a Dynamics event",
    whatHappened: "The body of the request is JSON, but does not say what changed in Dynamics.",
    whatToDo: "Register the address as a webhook in Dynamics, not in a flow or a call of its own.",
    owner: dynamicsAdministrator,
  },
  otherOrganization: {
    title: "Another environment's event",
    whatHappened:
      "The request came with a valid key, but from a Dynamics environment that is not this organization's.",
    whatToDo:
      "Compare the environment's organization id with the one in the settings here. Use this address and key in this organization's environment only.",
    owner: dynamicsAdministrator,
  },
  tooLarge: {
    title: "Body too large",
    whatHappened: "The body of the request is larger than Dynamics itself ever sends.",
    whatToDo: "Find out which system calls the address, and stop it.",
    owner: dynamicsAdministrator,
  },
  wrongContentType: {
    title: "Wrong content type",
    whatHappened:
      "The request said of its body that it is something other than JSON, which is what Dynamics sends.",
    whatToDo:
      "Set the message format of the service endpoint to JSON. If it is, find out which system calls the address.",
    owner: dynamicsAdministrator,
  },
};
