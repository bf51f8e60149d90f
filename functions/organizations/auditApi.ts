import type { routes } from "../contracts/routes.ts";
import type { Call, Reply, RouteServices } from "../identity/route.ts";
import type { Audit } from "./audit.ts";

/** What a handler needs to tell of what a person did. */
export interface AuditServices extends RouteServices {
  audit: Audit;
}

export async function listAudit(
  { audit }: AuditServices,
  { params, query }: Call<(typeof routes)["listAudit"]>,
): Promise<Reply<(typeof routes)["listAudit"]>> {
  return { body: await audit.list(params.id, query) };
}
