/** Builds webhook bodies as Dataverse writes them, for tests. */

const schema = "http://schemas.microsoft.com/xrm/2011/Contracts";

/** A lookup as it stands in a body. */
export function reference(table: string, id: string, name: string | null = null): object {
  const members = { KeyAttributes: [], LogicalName: table, Name: name, RowVersion: null };
  return { __type: `EntityReference:${schema}`, Id: id, ...members };
}

/** A choice as it stands in a body. */
export function choice(value: number): object {
  return { __type: `OptionSetValue:${schema}`, Value: value };
}

/** A date as it stands in a body. */
export function date(ms: number): string {
  return `/Date(${ms})/`;
}

/** Members of a collection as they stand in a body. */
export function pairs(values: Record<string, unknown>): { key: string; value: unknown }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

/** A row with columns as it stands in a body. */
export function entity(table: string, id: string | null, columns: Record<string, unknown>): object {
  return {
    __type: `Entity:${schema}`,
    Attributes: pairs(columns),
    EntityState: null,
    FormattedValues: [],
    Id: id ?? "00000000-0000-0000-0000-000000000000",
    KeyAttributes: [],
    LogicalName: table,
    RelatedEntities: [],
    RowVersion: null,
  };
}

/** The Dataverse organization that bodies come from unless a test says otherwise. */
export const sampleOrganizationId = "4ef5b371-e89e-e711-8122-000d3aa2331c";

/** A body of an asynchronous step. `members` replaces or adds members. */
export function body(
  message: string,
  input: Record<string, unknown>,
  members: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    BusinessUnitId: "e2b9dd85-e89e-e711-8122-000d3aa2331c",
    CorrelationId: "0f2f6c1e-6a8e-4c7f-9d0a-5b1f0c3d7a10",
    Depth: 1,
    InitiatingUserId: "75c2dd85-e89e-e711-8122-000d3aa2331c",
    InputParameters: pairs(input),
    IsInTransaction: false,
    MessageName: message,
    Mode: 1,
    OperationCreatedOn: "/Date(1757000000000+0000)/",
    OperationId: "7d1c3b58-2a54-4a2e-8f43-1b2c3d4e5f60",
    OrganizationId: sampleOrganizationId,
    OrganizationName: "unq4ef5b371e89ee7118122000d3aa23",
    OutputParameters: [],
    OwningExtension: { Id: "75417616-4ea2-e711-8122-000d3aa2331c", LogicalName: "sdkmessageprocessingstep" },
    PostEntityImages: [],
    PreEntityImages: [],
    PrimaryEntityId: "00000000-0000-0000-0000-000000000000",
    PrimaryEntityName: "none",
    RequestId: "3fab629b-b795-4834-a2ca-5a09b2cc6934",
    SharedVariables: [],
    Stage: 40,
    ...members,
  };
}

/** A body about one row: `contact.Update` and the like. */
export function rowBody(
  message: string,
  table: string,
  id: string,
  columns: Record<string, unknown>,
  members: Record<string, unknown> = {},
): Record<string, unknown> {
  const target = message === "Delete" ? reference(table, id) : entity(table, id, columns);
  return body(message, { Target: target }, { PrimaryEntityName: table, PrimaryEntityId: id, ...members });
}
