import { z } from "zod";
import { alertDelivery, alertOverview, alertRule, muteRequest } from "./alerts.ts";
import { auditPage, auditQuery } from "./audit.ts";
import { eventId, organizationId } from "./common.ts";
import {
  mappingDryRun,
  mappingDryRunRequest,
  mappingOverview,
  mappingVersion,
  newMapping,
} from "./mapping.ts";
import { recordHistory, recordQuery } from "./records.ts";
import { newReplay, replay, replayEstimate, replayItemPage, replayItemQuery, replayList } from "./replays.ts";
import { setupGuide } from "./setup.ts";
import { me } from "./me.ts";
import { createdKey, newKey, newOrganization, organization, organizationChange } from "./organizations.ts";
import { platformEventQuery, platformStatus } from "./platform.ts";
import { rejectionHistory, rejectionHistoryQuery, rejectionPage, rejectionQuery } from "./rejections.ts";
import { eventPage, eventQuery, exportQuery, openedEvent, payloadQuery, portalStatus } from "./portal.ts";
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
  /** Status of the answer when all is well, if it is not 200. */
  status?: 201 | 204;
  /** The answer is a file that is sent while it is read; its media types. */
  stream?: readonly string[];
  /** The answer carries an ETag; for a PATCH `If-Match` is required. */
  versioned?: true;
  /** `If-Match` is required although the method is not PATCH: what is posted is made from something that was read. */
  ifMatch?: true;
}

const ofOrganization = z.object({ id: organizationId });
const ofEvent = z.object({ id: organizationId, eventId });
const ofRecord = z.object({ id: organizationId, recordId: z.string().min(1).max(100) });
const ofReplay = z.object({ id: organizationId, replayId: z.string().regex(/^[0-9a-z-]{1,60}$/) });
const ofRule = z.object({ id: organizationId, rule: alertRule });
const ofVersion = z.object({ id: organizationId, version: z.coerce.number().int().min(0) });
const ofKey = z.object({ id: organizationId, keyId: z.string().min(1).max(40) });

export const routes = {
  getMe: {
    method: "GET",
    path: "me",
    summary: "The signed-in administrator",
    action: "me.read",
    answer: me,
  },
  listOrganizations: {
    method: "GET",
    path: "organizations",
    summary: "The organizations the caller may see",
    action: "organizations.list",
    answer: z.object({ items: z.array(organization) }),
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
  },
  listEvents: {
    method: "GET",
    path: "organizations/{id}/portal/events",
    summary: "The event log, newest first",
    action: "portal.read",
    params: ofOrganization,
    query: eventQuery,
    answer: eventPage,
  },
  getEvent: {
    method: "GET",
    path: "organizations/{id}/portal/events/{eventId}",
    summary: "One event with steps, changes, attempts and advice",
    action: "portal.read",
    params: ofEvent,
    answer: openedEvent,
  },
  getEventPayload: {
    method: "GET",
    path: "organizations/{id}/portal/events/{eventId}/payload",
    summary: "The event's payload, masked unless it is to be shown",
    action: "portal.read",
    params: ofEvent,
    query: payloadQuery,
    answer: z.unknown(),
  },
  listRejections: {
    method: "GET",
    path: "organizations/{id}/portal/rejections",
    summary: "Refused webhook requests, newest first",
    action: "portal.read",
    params: ofOrganization,
    query: rejectionQuery,
    answer: rejectionPage,
  },
  exportEvents: {
    method: "GET",
    path: "organizations/{id}/portal/export",
    summary: "The event log as a file, with the same filters",
    action: "portal.export",
    params: ofOrganization,
    query: exportQuery,
    stream: ["text/csv", "application/json"],
  },
  getRecord: {
    method: "GET",
    path: "organizations/{id}/portal/records/{recordId}",
    summary: "One record as it is here, and every event that touched it",
    action: "portal.read",
    params: ofRecord,
    query: recordQuery,
    answer: recordHistory,
  },
  getRejectionHistory: {
    method: "GET",
    path: "organizations/{id}/portal/rejections/history",
    summary: "Refused requests by reason over time",
    action: "portal.read",
    params: ofOrganization,
    query: rejectionHistoryQuery,
    answer: rejectionHistory,
  },
  createReplay: {
    method: "POST",
    path: "organizations/{id}/portal/replays",
    summary: "Replay events; with `dryRun` an estimate that changes nothing",
    action: "portal.replay",
    params: ofOrganization,
    body: newReplay,
    answer: z.union([replay, replayEstimate]),
  },
  replayEvent: {
    method: "POST",
    path: "organizations/{id}/portal/events/{eventId}/replay",
    summary: "Replay one event",
    action: "portal.replay",
    params: ofEvent,
    answer: replay,
    status: 201,
  },
  listReplays: {
    method: "GET",
    path: "organizations/{id}/portal/replays",
    summary: "The last replays, newest first",
    action: "portal.read",
    params: ofOrganization,
    answer: replayList,
  },
  getReplay: {
    method: "GET",
    path: "organizations/{id}/portal/replays/{replayId}",
    summary: "One replay and how far it is",
    action: "portal.read",
    params: ofReplay,
    answer: replay,
  },
  listReplayItems: {
    method: "GET",
    path: "organizations/{id}/portal/replays/{replayId}/items",
    summary: "What a replay did",
    action: "portal.read",
    params: ofReplay,
    query: replayItemQuery,
    answer: replayItemPage,
  },
  stopReplay: {
    method: "POST",
    path: "organizations/{id}/portal/replays/{replayId}/stop",
    summary: "Stop a replay; what it did stays",
    action: "portal.replay",
    params: ofReplay,
    answer: replay,
  },
  pausePortal: {
    method: "POST",
    path: "organizations/{id}/portal/pause",
    summary: "Pause: events keep arriving and are kept",
    action: "portal.change",
    params: ofOrganization,
    answer: organization,
  },
  resumePortal: {
    method: "POST",
    path: "organizations/{id}/portal/resume",
    summary: "Resume: what was kept is processed in order",
    action: "portal.change",
    params: ofOrganization,
    answer: organization,
  },
  getMapping: {
    method: "GET",
    path: "organizations/{id}/portal/mapping",
    summary: "The mapping in force and its versions",
    action: "portal.read",
    params: ofOrganization,
    answer: mappingOverview,
    versioned: true,
  },
  getMappingVersion: {
    method: "GET",
    path: "organizations/{id}/portal/mapping/{version}",
    summary: "One version of the mapping",
    action: "portal.read",
    params: ofVersion,
    answer: mappingVersion,
  },
  changeMapping: {
    method: "POST",
    path: "organizations/{id}/portal/mapping",
    summary: "Save the mapping as a new version",
    action: "portal.change",
    params: ofOrganization,
    body: newMapping,
    answer: mappingOverview,
    status: 201,
    versioned: true,
    ifMatch: true,
  },
  tryMapping: {
    method: "POST",
    path: "organizations/{id}/portal/mapping/dry-run",
    summary: "How stored events would be read by a mapping",
    action: "portal.read",
    params: ofOrganization,
    body: mappingDryRunRequest,
    answer: mappingDryRun,
  },
  getAlerts: {
    method: "GET",
    path: "organizations/{id}/portal/alerts",
    summary: "The alert rules as they stand, and the last cards",
    action: "portal.read",
    params: ofOrganization,
    answer: alertOverview,
  },
  acknowledgeAlert: {
    method: "POST",
    path: "organizations/{id}/portal/alerts/{rule}/acknowledge",
    summary: "Say that someone looks after it",
    action: "portal.change",
    params: ofRule,
    answer: alertOverview,
  },
  muteAlert: {
    method: "POST",
    path: "organizations/{id}/portal/alerts/{rule}/mute",
    summary: "Send no cards of this rule until a time",
    action: "portal.change",
    params: ofRule,
    body: muteRequest,
    answer: alertOverview,
  },
  testAlert: {
    method: "POST",
    path: "organizations/{id}/portal/test-alert",
    summary: "Send a test card to the channel",
    action: "portal.change",
    params: ofOrganization,
    answer: alertDelivery,
  },
  getSetup: {
    method: "GET",
    path: "organizations/{id}/portal/registration",
    summary: "How to make Dynamics send its changes here",
    action: "portal.read",
    params: ofOrganization,
    answer: setupGuide,
  },
  listAudit: {
    method: "GET",
    path: "organizations/{id}/audit",
    summary: "Who changed what, newest first",
    action: "audit.read",
    params: ofOrganization,
    query: auditQuery,
    answer: auditPage,
  },
  getPlatformStatus: {
    method: "GET",
    path: "platform/status",
    summary: "Totals and one line per organization",
    action: "platform.read",
    answer: platformStatus,
  },
  listPlatformEvents: {
    method: "GET",
    path: "platform/events",
    summary: "The merged event log of all organizations or of one",
    action: "platform.read",
    query: platformEventQuery,
    answer: eventPage,
  },
  getOpenApi: {
    method: "GET",
    path: "openapi.json",
    summary: "This description",
    action: "description.read",
    answer: z.unknown(),
  },
} satisfies Record<string, Route>;
