/** What stands in place of a value that is not shown. */
export const mask = "••••••";

/**
 * Names of the properties of an execution context that describe the message and not a person. Everything else that
 * is text or a number is taken for personal, so that a column nobody foresaw is hidden too.
 */
const structural = new Set([
  ...["__type", "BusinessUnitId", "CorrelationId", "Depth", "InitiatingUserAzureActiveDirectoryObjectId"],
  ...["InitiatingUserId", "IsExecutingOffline", "IsInTransaction", "IsOfflinePlayback", "IsolationMode"],
  ...["MessageName", "Mode", "OperationCreatedOn", "OperationId", "OrganizationId", "OrganizationName"],
  ...["PrimaryEntityId", "PrimaryEntityName", "RequestId", "SecondaryEntityName", "Stage", "UserId"],
  ...["UserAzureActiveDirectoryObjectId", "Id", "LogicalName", "RowVersion", "key", "Key", "EntityState"],
]);
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A copy of a payload in which every value that may be personal is masked. Ids, names of columns and structure stay. */
export function maskPayload(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => maskPayload(item, name));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskPayload(item, key)]));
  if (value === null || typeof value === "boolean" || structural.has(name)) return value;
  if (typeof value === "string" && (value === "" || guid.test(value))) return value;
  return mask;
}
