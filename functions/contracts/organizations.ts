import { z } from "zod";
import { alertSettings } from "./alerts.ts";
import { guid, instant, organizationId } from "./common.ts";

/** Longest address, in characters. */
const maxUrl = 2_000;
const tooLong = `An address can have at most ${maxUrl} characters.`;
const name = z.string().trim().min(1, "Give the organization a name.").max(200);
const environmentUrl = z
  .url({
    protocol: /^https?$/,
    error: "Use the address of the Dynamics environment, such as https://contoso.crm4.dynamics.com.",
  })
  .max(maxUrl, tooLong)
  .transform((text) => text.replace(/\/+$/, ""));
const silenceHours = z
  .int()
  .min(1)
  .max(24 * 30);

/** An association on the platform, with its own Dynamics environment. */
export const organization = z.object({
  id: organizationId,
  name: z.string(),
  /** `OrganizationId` of the Dataverse environment: every event of the organization carries it. */
  dynamicsOrganizationId: z.string(),
  environmentUrl: z.string().nullable(),
  /** Entra tenant that issues tokens for the environment; null means the platform's own tenant. */
  environmentTenantId: z.string().nullable(),
  adminGroupId: z.string().nullable(),
  silenceHours: z.int(),
  state: z.enum(["active", "paused"]),
  /** How long events and their payloads are kept. */
  retentionDays: z.int(),
  alerts: alertSettings,
  /** Host of the organization's own Teams webhook, whose address is a secret; null when it has none. */
  teamsHost: z.string().nullable(),
  createdAt: instant,
  keys: z.array(
    z.object({
      keyId: z.string(),
      name: z.string(),
      createdAt: instant,
      expiresAt: instant.nullable(),
      /** When a webhook was last accepted with it, to within a few minutes; null for never. */
      lastUsedAt: instant.nullable(),
    }),
  ),
});
export type Organization = z.infer<typeof organization>;

/** Body of `POST /organizations`. */
export const newOrganization = z.strictObject({
  id: organizationId,
  name,
  dynamicsOrganizationId: guid,
  environmentUrl: environmentUrl.nullish(),
  environmentTenantId: guid.nullish(),
  adminGroupId: guid.nullish(),
  silenceHours: silenceHours.default(24),
});
export type NewOrganization = z.infer<typeof newOrganization>;

/** Body of `PATCH /organizations/{id}`: what is left out stays as it is. */
export const organizationChange = z.strictObject({
  name: name.optional(),
  dynamicsOrganizationId: guid.optional(),
  environmentUrl: environmentUrl.nullish(),
  environmentTenantId: guid.nullish(),
  adminGroupId: guid.nullish(),
  silenceHours: silenceHours.optional(),
  retentionDays: z.int().min(7).max(400).optional(),
  alerts: alertSettings.optional(),
  /** Address of a Teams Workflows webhook; null takes the organization's own channel away. Never shown again. */
  teamsWebhookUrl: z
    .url({ protocol: /^https?$/, error: "Use the address that Teams Workflows shows." })
    .max(maxUrl, tooLong)
    .nullish(),
});
export type OrganizationChange = z.infer<typeof organizationChange>;

/** Body of `POST /organizations/{id}/portal/keys`. */
export const newKey = z.strictObject({
  name: z.string().trim().min(1).max(100).default("Webhook key"),
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
});
export type NewKey = z.infer<typeof newKey>;

/** A webhook key at the only time its value is shown. */
export const createdKey = z.object({
  keyId: z.string(),
  name: z.string(),
  key: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
});
export type CreatedKey = z.infer<typeof createdKey>;
