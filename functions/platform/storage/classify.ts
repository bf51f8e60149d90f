import { StorageFault } from "./table.ts";
import type { FaultKind } from "./table.ts";

interface RestErrorShape {
  statusCode?: number;
  code?: string;
  message?: string;
  details?: { odataError?: { code?: string } };
}

/**
 * Turns an error of a storage SDK into a {@link StorageFault}. `@azure/data-tables` has two shapes: a transaction
 * puts the code in `code` and the failing index in front of the message ("3:The specified entity …"), a
 * single operation puts the code in `details.odataError.code`.
 */
export function toStorageFault(error: unknown): StorageFault {
  const { statusCode, code, message = String(error), details } = error as RestErrorShape;
  const serviceCode = details?.odataError?.code ?? code ?? "";
  const index = /^(\d+):/.exec(message)?.[1];
  return new StorageFault(
    kindOf(statusCode, serviceCode),
    index === undefined ? null : Number(index),
    message,
    error,
  );
}

function kindOf(status: number | undefined, code: string): FaultKind {
  if (code === "EntityAlreadyExists") return "exists";
  if (status === 413 || code === "EntityTooLarge" || code === "RequestBodyTooLarge") return "tooLarge";
  // A table that is not there is a fault of the deployment: no look at its rows will help.
  if (code === "TableNotFound" || code === "TableBeingDeleted") return "refused";
  if (status === 404 || status === 409 || status === 412) return "conflict";
  // An error that comes with a good status is an answer that broke off: the request was carried out.
  if (status === undefined || status < 300 || status === 408 || status === 429 || status >= 500)
    return "ambiguous";
  return "refused";
}
