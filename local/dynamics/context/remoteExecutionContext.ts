import { randomUUID } from "node:crypto";
import { entity, untypedReference, wcfDate, wcfDateWithOffset } from "./dataContract.ts";
import type { Entity, EntityReference, KeyValue } from "./dataContract.ts";
import { idColumn, NOBODY } from "./description.ts";
import type { ContextDescription } from "./description.ts";
import { changedTables, inputParameters, sharedVariables } from "./parameters.ts";

export type { ContextDescription, Image, Message } from "./description.ts";

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
function uniqueName(organizationId: string): string {
  return `unq${organizationId.replaceAll("-", "")}`.slice(0, 32);
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
