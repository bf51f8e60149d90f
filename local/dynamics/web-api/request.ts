import type { Caller, Environment } from "../data/environment.ts";
import { isGuid } from "../data/guid.ts";
import type { Row } from "../data/store.ts";
import type { Table } from "../data/tables.ts";
import { badRequest, doesNotExist } from "./errors.ts";
import type { Segment } from "./path.ts";
import type { QueryOptions } from "./queryOptions.ts";

/** A Web API request, taken apart. */
export type ApiRequest = {
  env: Environment;
  caller: Caller;
  method: string;
  /** The address before the resource, without a slash at its end: `<environment>/api/data/v9.2`. */
  root: string;
  segments: Segment[];
  parameters: URLSearchParams;
  options: QueryOptions;
  preferences: Map<string, string>;
  headers: Headers;
  /** The body as JSON; a body that is none is a bad request. */
  body: () => Promise<unknown>;
};

/** The id in a key; other keys (alternate keys) are not simulated. */
export function rowId(key: string): string {
  if (isGuid(key)) return key.toLowerCase();
  throw badRequest(`The key '${key}' is not a GUID; alternate keys are not simulated.`, "0x80060888");
}

/** The row of a table, or the refusal that it does not exist. */
export function existingRow(request: ApiRequest, table: Table, id: string): Row {
  const row = request.env.store.row(table.name, id);
  if (!row) throw doesNotExist(table.name, id);
  return row;
}

/** The annotations asked for, if any. */
export function wantedAnnotations(request: ApiRequest): string | undefined {
  return request.preferences.get("odata.include-annotations");
}
