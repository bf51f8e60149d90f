import { entityReference, relationship, typedEntity } from "./dataContract.ts";
import type { Entity, KeyValue } from "./dataContract.ts";
import { idColumn, NOBODY } from "./description.ts";
import type { ContextDescription } from "./description.ts";

/** The arguments of the operation. `outer`: what the step sees. `parent`: what the caller really sent. */
export function inputParameters(what: ContextDescription, of: "outer" | "parent"): KeyValue[] {
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

/** What the platform and the caller hand on to steps. */
export function sharedVariables(what: ContextDescription): KeyValue[] {
  const variables: KeyValue[] = [{ key: "IsAutoTransact", value: true }];
  if (what.acceptLanguage !== undefined) variables.push({ key: "AcceptLang", value: what.acceptLanguage });
  if (what.applicationName) variables.push({ key: "x-ms-app-name", value: what.applicationName });
  if (what.tag !== undefined) variables.push({ key: "tag", value: what.tag });
  if (what.message === "Create") variables.push({ key: "DefaultsAddedFlag", value: true });
  return variables;
}

/** The tables that the operation touched, which only the parent carries. */
export function changedTables(what: ContextDescription): KeyValue {
  const pair = "KeyValuePairOfstringstring:#System.Collections.Generic";
  return { key: "ChangedEntityTypes", value: [{ __type: pair, key: what.table, value: "Update" }] };
}

function wholeSeconds(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}
