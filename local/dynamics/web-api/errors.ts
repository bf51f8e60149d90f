/**
 * A refusal as the Web API words it. Codes that no source gives for certain are left empty, as Dataverse's
 * often are: a client must not depend on them.
 */
export class ODataError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = "ODataError";
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The row is not there. */
export function doesNotExist(table: string, id: string): ODataError {
  return new ODataError(404, "0x80040217", `${table} With Id = ${id} Does Not Exist`);
}

/** The address names something that the environment does not have. */
export function noSuchResource(segment: string): ODataError {
  return new ODataError(404, "0x80060888", `Resource not found for the segment '${segment}'.`);
}

/** A column that the table does not have was named in a query or a body. */
export function noSuchColumn(name: string, table: string): ODataError {
  const type = `Microsoft.Dynamics.CRM.${table}`;
  return new ODataError(400, "0x0", `Could not find a property named '${name}' on type '${type}'.`);
}

/** The request cannot be understood or breaks a rule. */
export function badRequest(message: string, code = ""): ODataError {
  return new ODataError(400, code, message);
}

/** The row has another version than the caller relies on. */
export function preconditionFailed(): ODataError {
  const message = "The version of the existing record doesn't match the RowVersion property provided.";
  return new ODataError(412, "0x80060882", message);
}

/** Dataverse can do it, this simulation does not. */
export function notSimulated(what: string): ODataError {
  return new ODataError(501, "", `The simulated Dynamics 365 does not serve ${what}.`);
}

/** The error as an HTTP response. */
export function errorResponse({ status, code, message, headers }: ODataError): Response {
  const body = JSON.stringify({ error: { code, message } });
  return new Response(body, {
    status,
    headers: {
      "content-type": "application/json; odata.metadata=minimal",
      "odata-version": "4.0",
      ...headers,
    },
  });
}
