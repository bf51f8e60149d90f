import { tables } from "../data/tables.ts";
import type { Table } from "../data/tables.ts";
import { enableTracking, isTracked } from "./changeTracking.ts";
import { badRequest, noSuchResource, notSimulated } from "./errors.ts";
import type { ApiRequest } from "./request.ts";
import { empty, json } from "./responses.ts";

/** `EntityDefinitions(LogicalName='…')`: what a table is, and the way to switch its change tracking on (PUT). */
export async function entityDefinition(request: ApiRequest, key: string | undefined): Promise<Response> {
  const name = /^LogicalName='(\w+)'$/.exec(key ?? "")?.[1];
  if (name === undefined) throw notSimulated("EntityDefinitions without LogicalName");
  const table = tables.get(name);
  if (!table) throw noSuchResource(name);
  if (request.method === "GET") return json(request, 200, describe(request, table));
  if (request.method !== "PUT") throw notSimulated(`${request.method} of EntityDefinitions`);
  const body = await request.body();
  const wanted = typeof body === "object" && body !== null && "ChangeTrackingEnabled" in body;
  if (!wanted) throw notSimulated("changes of a table's definition other than ChangeTrackingEnabled");
  if (body.ChangeTrackingEnabled === true) enableTracking(request.env.store, table);
  else if (isTracked(request.env.store, table))
    throw badRequest("Change tracking cannot be switched off again.");
  return empty(204);
}

/** `WhoAmI`: the ids of the caller, its business unit and the organization. */
export function whoAmI(request: ApiRequest): Response {
  return json(request, 200, {
    "@odata.context": `${request.root}/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
    BusinessUnitId: request.env.businessUnitId,
    UserId: request.caller.userId,
    OrganizationId: request.env.organizationId,
  });
}

function describe(request: ApiRequest, table: Table): object {
  return {
    "@odata.context": `${request.root}/$metadata#EntityDefinitions/$entity`,
    LogicalName: table.name,
    EntitySetName: table.setName,
    PrimaryIdAttribute: table.primaryKey,
    PrimaryNameAttribute: table.primaryName,
    ChangeTrackingEnabled: isTracked(request.env.store, table),
  };
}
