/**
 * The values of a RemoteExecutionContext as the .NET data contract serializer writes them: objects carry
 * their type in `__type` as first member, dates are `/Date(ms)/`, a collection is an array of key and value.
 */

const CONTRACTS = "http://schemas.microsoft.com/xrm/2011/Contracts";

/** One entry of a data contract dictionary (Attributes, InputParameters, SharedVariables, images …). */
export type KeyValue<Value = unknown> = { key: string; value: Value };

/** A pointer to a row. `__type` is present where the member's declared type is `object`. */
export type EntityReference = {
  __type?: string;
  Id: string;
  KeyAttributes: never[];
  LogicalName: string;
  Name: string | null;
  RowVersion: string | null;
};

/** A row, or the part of it that took part in the operation. */
export type Entity = {
  __type?: string;
  Attributes: KeyValue[];
  EntityState: null;
  FormattedValues: KeyValue<string>[];
  Id: string;
  KeyAttributes: never[];
  LogicalName: string;
  RelatedEntities: never[];
  RowVersion: string | null;
};

/** A column's value for the builders: a `Date` becomes `/Date(ms)/`, everything else is written as it is. */
export type AttributeValue = null | boolean | number | string | Date | object;

/** An instant as the serializer writes it, without an offset: `/Date(1757000000000)/`. */
export function wcfDate(instant: Date): string {
  return `/Date(${instant.getTime()})/`;
}

/** An instant as asynchronous operations carry it: whole seconds, with the offset of the sending server (UTC). */
export function wcfDateWithOffset(instant: Date): string {
  return `/Date(${Math.floor(instant.getTime() / 1000) * 1000}+0000)/`;
}

/** A lookup's value. */
export function entityReference(table: string, id: string, name: string | null = null): EntityReference {
  return { __type: `EntityReference:${CONTRACTS}`, ...untypedReference(table, id, name) };
}

/** A reference where the member's type is already known from its place (OwningExtension): no `__type`. */
export function untypedReference(table: string, id: string, name: string | null = null): EntityReference {
  return { Id: id, KeyAttributes: [], LogicalName: table, Name: name, RowVersion: null };
}

/** A choice's value. */
export function optionSetValue(value: number): object {
  return { __type: `OptionSetValue:${CONTRACTS}`, Value: value };
}

/** A currency column's value. */
export function money(value: number): object {
  return { __type: `Money:${CONTRACTS}`, Value: value };
}

/** The relationship that an Associate or Disassociate went through. */
export function relationship(schemaName: string): object {
  return { __type: `Relationship:${CONTRACTS}`, PrimaryEntityRole: null, SchemaName: schemaName };
}

/** The Target of a Create or Update. */
export function typedEntity(
  table: string,
  id: string,
  attributes: Record<string, AttributeValue>,
  formatted: Record<string, string> = {},
): Entity {
  return { __type: `Entity:${CONTRACTS}`, ...entity(table, id, attributes, formatted) };
}

/** A row as images carry it: like a Target, but without `__type`. */
export function entity(
  table: string,
  id: string,
  attributes: Record<string, AttributeValue>,
  formatted: Record<string, string> = {},
): Entity {
  return {
    Attributes: dictionary(attributes, written),
    EntityState: null,
    FormattedValues: dictionary(formatted, (text) => text),
    Id: id,
    KeyAttributes: [],
    LogicalName: table,
    RelatedEntities: [],
    RowVersion: null,
  };
}

function dictionary<From, To>(values: Record<string, From>, write: (value: From) => To): KeyValue<To>[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: write(value) }));
}

function written(value: AttributeValue): unknown {
  return value instanceof Date ? wcfDate(value) : value;
}
