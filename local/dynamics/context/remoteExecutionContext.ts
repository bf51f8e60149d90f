import { randomUUID } from "node:crypto";
import {
  entity,
  entityReference,
  relationship,
  typedEntity,
  untypedReference,
  wcfDate,
  wcfDateWithOffset,
} from "./dataContract.ts";
import type { AttributeValue, Entity, EntityReference, KeyValue } from "./dataContract.ts";

/** The messages that the simulated environment raises. */
export type Message = "Create" | "Update" | "Delete" | "Associate" | "Disassociate";

/** A copy of the row that travels beside the Target, under the alias that it was registered with. */
export type Image = {
  alias: string;
  attributes: Record<string, AttributeValue>;
  formatted?: Record<string, string>;
};

/** What happened in an environment. Ids that are left out are random, all else has a fixed default. */
export type ContextDescription = {
  organizationId: string;
  /** Default: `unq` and the organization id without dashes, cut to 32 characters. */
  organizationName?: string;
  table: string;
  message: Message;
  /** The row. */
  id: string;
  /** The table's id column. Default: the table's name and `id`. */
  primaryKey?: string;
  /** The columns that the caller submitted (Create, Update). */
  attributes?: Record<string, AttributeValue>;
  /** The columns that the platform adds to those: defaults, owner, who and when. Default for Update: who and when. */
  platformAttributes?: Record<string, AttributeValue>;
  /** Display texts by column, present on Create. */
  formatted?: Record<string, string>;
  /** When the row was written; one second resolution, as the column `modifiedon` has. */
  modifiedOn: Date;
  /** When the system job was created. Default: `modifiedOn`. */
  operationCreatedOn?: Date;
  /** The row's display name: the image that the platform adds to every asynchronous step. */
  primaryName?: { column: string; value: string | null };
  preImages?: Image[];
  postImages?: Image[];
  /** Associate and Disassociate: the relationship and the rows at its other end. */
  related?: { relationship: string; rows: { table: string; id: string }[] };
  /** Default `async`: a system job sends it after the write. `sync`: sent inside the write's transaction. */
  mode?: "async" | "sync";
  operationId?: string;
  requestId?: string;
  correlationId?: string;
  stepId?: string;
  /** Shown in OwningExtension of synchronous steps. */
  stepName?: string;
  userId?: string;
  userDirectoryId?: string;
  userAgent?: string;
  businessUnitId?: string;
  depth?: number;
  /** The caller's `?tag=`: arrives as shared variable, so that an integration recognizes its own writes. */
  tag?: string;
  acceptLanguage?: string;
  /** The app that the write came from, as model-driven apps name themselves. */
  applicationName?: string;
};

/** What a webhook's body holds: 30 members in alphabetical order. */
export type RemoteExecutionContext = {
  BusinessUnitId: string;
  CorrelationId: string;
  Depth: number;
  InitiatingUserAgent: string;
  InitiatingUserAzureActiveDirectoryObjectId: string;
  InitiatingUserId: string;
  InputParameters: KeyValue[];
  IsExecutingOffline: boolean;
  IsInTransaction: boolean;
  IsOfflinePlayback: boolean;
  IsolationMode: number;
  MessageName: string;
  Mode: number;
  OperationCreatedOn: string;
  OperationId: string;
  OrganizationId: string;
  OrganizationName: string;
  OutputParameters: KeyValue[];
  OwningExtension: EntityReference;
  ParentContext: RemoteExecutionContext | null;
  PostEntityImages: KeyValue<Entity>[];
  PreEntityImages: KeyValue<Entity>[];
  PrimaryEntityId: string;
  PrimaryEntityName: string;
  RequestId: string;
  SecondaryEntityName: string;
  SharedVariables: KeyValue[];
  Stage: number;
  UserAzureActiveDirectoryObjectId: string;
  UserId: string;
};

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Builds the body of a webhook. Depends on nothing but its argument (and chance, for ids left out). */
export function remoteExecutionContext(description: ContextDescription): RemoteExecutionContext {
  const envelope = envelopeOf(description);
  return {
    ...envelope,
    InputParameters: inputParameters(description, "outer"),
    OutputParameters: description.message === "Create" ? [{ key: "id", value: description.id }] : [],
    ParentContext: {
      ...envelope,
      InputParameters: inputParameters(description, "parent"),
      SharedVariables: [...envelope.SharedVariables, changedTables(description)],
      Stage: 30,
    },
    PostEntityImages: images(description, "post"),
    PreEntityImages: images(description, "pre"),
  };
}

function envelopeOf(what: ContextDescription): RemoteExecutionContext {
  const sync = what.mode === "sync";
  const requestId = what.requestId ?? randomUUID();
  const createdOn = what.operationCreatedOn ?? what.modifiedOn;
  const userId = what.userId ?? NOBODY;
  const directoryId = what.userDirectoryId ?? NOBODY;
  return {
    BusinessUnitId: what.businessUnitId ?? NOBODY,
    CorrelationId: what.correlationId ?? randomUUID(),
    Depth: what.depth ?? 1,
    InitiatingUserAgent: what.userAgent ?? "",
    InitiatingUserAzureActiveDirectoryObjectId: directoryId,
    InitiatingUserId: userId,
    InputParameters: [],
    IsExecutingOffline: false,
    IsInTransaction: sync,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: what.message,
    Mode: sync ? 0 : 1,
    OperationCreatedOn: sync ? wcfDate(createdOn) : wcfDateWithOffset(createdOn),
    OperationId: what.operationId ?? (sync ? requestId : randomUUID()),
    OrganizationId: what.organizationId,
    OrganizationName: what.organizationName ?? uniqueName(what.organizationId),
    OutputParameters: [],
    OwningExtension: untypedReference(
      "sdkmessageprocessingstep",
      what.stepId ?? randomUUID(),
      sync ? (what.stepName ?? null) : null,
    ),
    ParentContext: null,
    PostEntityImages: [],
    PreEntityImages: [],
    PrimaryEntityId: what.id,
    PrimaryEntityName: what.table,
    RequestId: requestId,
    SecondaryEntityName: "none",
    SharedVariables: sharedVariables(what),
    Stage: 40,
    UserAzureActiveDirectoryObjectId: directoryId,
    UserId: userId,
  };
}

/** The database name of an environment, which is what OrganizationName usually holds. */
export function uniqueName(organizationId: string): string {
  return `unq${organizationId.replaceAll("-", "")}`.slice(0, 32);
}

/** `outer`: what the step sees. `parent`: what the caller really sent. */
function inputParameters(what: ContextDescription, of: "outer" | "parent"): KeyValue[] {
  const extra = of === "parent" ? parentParameters(what) : [];
  switch (what.message) {
    case "Create":
    case "Update":
      return [{ key: "Target", value: of === "outer" ? target(what) : submitted(what) }, ...extra];
    case "Delete":
      return [{ key: "Target", value: entityReference(what.table, what.id) }, ...extra];
    case "Associate":
    case "Disassociate":
      return [
        { key: "Target", value: entityReference(what.table, what.id) },
        { key: "Relationship", value: relationship(what.related?.relationship ?? "") },
        {
          key: "RelatedEntities",
          value: (what.related?.rows ?? []).map((row) => entityReference(row.table, row.id)),
        },
        ...extra,
      ];
  }
}

function target(what: ContextDescription): Entity {
  const who = entityReference("systemuser", what.userId ?? NOBODY);
  const stamped = { modifiedon: wholeSeconds(what.modifiedOn), modifiedby: who, modifiedonbehalfby: null };
  const attributes = {
    ...what.attributes,
    [idColumn(what)]: what.id,
    ...(what.platformAttributes ?? stamped),
  };
  return typedEntity(what.table, what.id, attributes, what.formatted);
}

function submitted(what: ContextDescription): Entity {
  return typedEntity(what.table, what.id, { ...what.attributes, [idColumn(what)]: what.id });
}

function parentParameters(what: ContextDescription): KeyValue[] {
  const app = what.applicationName ? [{ key: "x-ms-app-name", value: what.applicationName }] : [];
  const writes = what.message === "Create" || what.message === "Update";
  return [...app, ...(writes ? [{ key: "SuppressDuplicateDetection", value: false }] : [])];
}

function sharedVariables(what: ContextDescription): KeyValue[] {
  const variables: KeyValue[] = [{ key: "IsAutoTransact", value: true }];
  if (what.acceptLanguage !== undefined) variables.push({ key: "AcceptLang", value: what.acceptLanguage });
  if (what.applicationName) variables.push({ key: "x-ms-app-name", value: what.applicationName });
  if (what.tag !== undefined) variables.push({ key: "tag", value: what.tag });
  if (what.message === "Create") variables.push({ key: "DefaultsAddedFlag", value: true });
  return variables;
}

function changedTables(what: ContextDescription): KeyValue {
  const pair = "KeyValuePairOfstringstring:#System.Collections.Generic";
  return { key: "ChangedEntityTypes", value: [{ __type: pair, key: what.table, value: "Update" }] };
}

/** Registered images, and the display name that the platform adds to asynchronous steps on its own. */
function images(what: ContextDescription, side: "pre" | "post"): KeyValue<Entity>[] {
  const registered = (side === "pre" ? what.preImages : what.postImages) ?? [];
  const automaticSide = what.message === "Delete" ? "pre" : "post";
  const result = registered.map((image) => ({
    key: image.alias,
    value: entity(what.table, what.id, image.attributes, image.formatted),
  }));
  const name = what.primaryName;
  if (what.mode !== "sync" && name && side === automaticSide) {
    const attributes = { [name.column]: name.value, [idColumn(what)]: what.id };
    result.push({ key: "AsynchronousStepPrimaryName", value: entity(what.table, what.id, attributes) });
  }
  return result;
}

function idColumn(what: ContextDescription): string {
  return what.primaryKey ?? `${what.table}id`;
}

function wholeSeconds(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}
