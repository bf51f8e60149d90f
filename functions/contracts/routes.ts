import { z } from "zod";
import { eventId, organizationId } from "./common.ts";
import { me } from "./me.ts";
import { createdKey, newKey, newOrganization, organization, organizationChange } from "./organizations.ts";
import { platformEventQuery, platformStatus } from "./platform.ts";
import { rejectionPage, rejectionQuery } from "./rejections.ts";
import { eventDetail, eventPage, eventQuery, portalStatus } from "./portal.ts";
import type { Action } from "../identity/policy.ts";

/** One route of the API: the source of its registration, its validation, its description and the test of its permissions. */
export interface Route {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Route template below `/api`. */
  path: string;
  summary: string;
  action: Action;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Shape of the answer's body; absent when there is none. */
  answer?: z.ZodType;
  /** Status of the answer when all is well. */
  status: 200 | 201 | 204;
  /** The answer carries an ETag; for a change `If-Match` is required. */
  versioned?: true;
}

const ofOrganization = z.object({ id: organizationId });
const ofEvent = z.object({ id: organizationId, eventId });
const ofKey = z.object({ id: organizationId, keyId: z.string().min(1).max(40) });

export const routes = {
  getMe: {
    method: "GET",
    path: "me",
    summary: "The signed-in administrator",
    action: "me.read",
    answer: me,
    status: 200,
  },
  listOrganizations: {
    method: "GET",
    path: "organizations",
    summary: "The organizations the caller may see",
    action: "organizations.list",
    answer: z.object({ items: z.array(organization) }),
    status: 200,
  },
  createOrganization: {
    method: "POST",
    path: "organizations",
    summary: "Create an organization",
    action: "organizations.create",
    body: newOrganization,
    answer: organization,
    status: 201,
    versioned: true,
  },
  getOrganization: {
    method: "GET",
    path: "organizations/{id}",
    summary: "One organization and its settings",
    action: "organization.read",
    params: ofOrganization,
    answer: organization,
    status: 200,
    versioned: true,
  },
  changeOrganization: {
    method: "PATCH",
    path: "organizations/{id}",
    summary: "Change settings of an organization",
    action: "organization.change",
    params: ofOrganization,
    body: organizationChange,
    answer: organization,
    status: 200,
    versioned: true,
  },
  createKey: {
    method: "POST",
    path: "organizations/{id}/portal/keys",
    summary: "Create a webhook key; the answer is the only time it is shown",
    action: "portal.manageKeys",
    params: ofOrganization,
    body: newKey,
    answer: createdKey,
    status: 201,
  },
  revokeKey: {
    method: "DELETE",
    path: "organizations/{id}/portal/keys/{keyId}",
    summary: "Revoke a webhook key; it is refused within 30 seconds",
    action: "portal.manageKeys",
    params: ofKey,
    status: 204,
  },
  getPortalStatus: {
    method: "GET",
    path: "organizations/{id}/portal/status",
    summary: "The sync status panel",
    action: "portal.read",
    params: ofOrganization,
    answer: portalStatus,
    status: 200,
  },
  listEvents: {
    method: "GET",
    path: "organizations/{id}/portal/events",
    summary: "The event log, newest first",
    action: "portal.read",
    params: ofOrganization,
    query: eventQuery,
    answer: eventPage,
    status: 200,
  },
  getEvent: {
    method: "GET",
    path: "organizations/{id}/portal/events/{eventId}",
    summary: "One event with steps, changes, attempts and advice",
    action: "portal.read",
    params: ofEvent,
    answer: eventDetail,
    status: 200,
  },
  getEventPayload: {
    method: "GET",
    path: "organizations/{id}/portal/events/{eventId}/payload",
    summary: "The event's payload as Dynamics sent it",
    action: "portal.read",
    params: ofEvent,
    answer: z.unknown(),
    status: 200,
  },
  listRejections: {
    method: "GET",
    path: "organizations/{id}/portal/rejections",
    summary: "Refused webhook requests, newest first",
    action: "portal.read",
    params: ofOrganization,
    query: rejectionQuery,
    answer: rejectionPage,
    status: 200,
  },
  getPlatformStatus: {
    method: "GET",
    path: "platform/status",
    summary: "Totals and one line per organization",
    action: "platform.read",
    answer: platformStatus,
    status: 200,
  },
  listPlatformEvents: {
    method: "GET",
    path: "platform/events",
    summary: "The merged event log of all organizations or of one",
    action: "platform.read",
    query: platformEventQuery,
    answer: eventPage,
    status: 200,
  },
  getOpenApi: {
    method: "GET",
    path: "openapi.json",
    summary: "This description",
    action: "description.read",
    answer: z.unknown(),
    status: 200,
  },
} satisfies Record<string, Route>;
