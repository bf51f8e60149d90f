import type { Value } from "../data/columns.ts";
import type { Table } from "../data/tables.ts";
import { badRequest, notSimulated } from "./errors.ts";

const REGISTRATION_TABLES = new Set([
  "serviceendpoint",
  "sdkmessageprocessingstep",
  "sdkmessageprocessingstepimage",
]);

/** Business tables and webhook registrations can be written; system jobs can be deleted; the rest is read-only. */
export function refuseWriting(table: Table, operation: "create" | "update" | "delete"): void {
  if (table.raisesMessages || REGISTRATION_TABLES.has(table.name)) return;
  if (table.name === "asyncoperation" && operation === "delete") return;
  throw notSimulated(`${operation} of ${table.name}`);
}

/** Refuses endpoints and steps that would never send what they promise. */
export function refuseUnsupportedRegistration(table: Table, values: Record<string, Value>): void {
  if (table.name === "serviceendpoint") checkEndpoint(values);
  if (table.name === "sdkmessageprocessingstep") checkStep(values);
}

function checkEndpoint({ contract, authtype, url }: Record<string, Value>): void {
  if (contract !== 8) throw notSimulated("service endpoints other than webhooks (contract 8)");
  if (![4, 5, 6].includes(Number(authtype))) {
    throw badRequest("A webhook's authtype is 4 (webhook key), 5 (HTTP header) or 6 (HTTP query string).");
  }
  if (typeof url !== "string" || !URL.canParse(url) || !/^https?:/.test(url)) {
    throw badRequest("The url of a webhook is an absolute http or https address.");
  }
}

function checkStep({ mode, stage, eventhandler, sdkmessageid }: Record<string, Value>): void {
  if (!eventhandler) throw badRequest("A step needs its endpoint: eventhandler_serviceendpoint@odata.bind.");
  if (!sdkmessageid) throw badRequest("A step needs its message: sdkmessageid@odata.bind.");
  if (mode !== 1) throw notSimulated("synchronous steps; register with mode 1");
  if (stage !== 40) throw badRequest("An asynchronous step is registered for stage 40 (post-operation).");
}
