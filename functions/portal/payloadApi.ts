import type { routes } from "../contracts/routes.ts";
import { maskPayload } from "../dynamics/maskPayload.ts";
import { requirePermission } from "../identity/caller.ts";
import type { Call, Reply, RouteServices } from "../identity/route.ts";
import type { Audit } from "../organizations/audit.ts";
import { ApiProblem } from "../platform/http/problem.ts";
import type { Table } from "../platform/storage/table.ts";
import { readPayload } from "../sync-log/readEvent.ts";
import { noSuchEvent } from "./api.ts";
import { openContent } from "./content.ts";
import type { OversizeStore } from "./oversize.ts";

interface PayloadServices extends RouteServices {
  syncLog: Table;
  oversize: OversizeStore;
  audit: Audit;
}

type Routes = typeof routes;

/**
 * The payload as it was received; text that was double-encoded is shown as it came. Personal data is masked, unless it
 * is asked for: then the audit log has its entry before anybody sees it.
 */
export async function getEventPayload(
  { syncLog, oversize, audit }: PayloadServices,
  { caller, params, query }: Call<Routes["getEventPayload"]>,
): Promise<Reply<Routes["getEventPayload"]>> {
  if (query.show) requirePermission(caller, "portal.showPayload");
  const payload = await readPayload(syncLog, params.id, params.eventId);
  if (!payload) throw noSuchEvent();
  const content = "gzip" in payload ? payload.gzip : await oversize.get(payload.blob);
  if (!content)
    throw new ApiProblem(
      404,
      "payload.notFound",
      "No payload",
      "The payload of this event is no longer kept.",
    );
  const { body, json } = open(content);
  if (!query.show) return { body: maskPayload(body) };
  await audit.record(params.id, caller, "payload.shown", params.eventId);
  return { body, json };
}

function open(content: Uint8Array): { body: unknown; json: string } {
  try {
    const json = openContent(content).replace(/^\uFEFF/, "");
    return { body: JSON.parse(json) as unknown, json };
  } catch {
    throw new ApiProblem(
      422,
      "payload.unreadable",
      "The payload is damaged",
      "The payload was kept but cannot be read as JSON.",
    );
  }
}
