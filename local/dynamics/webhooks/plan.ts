import { randomUUID } from "node:crypto";
import { remoteExecutionContext } from "../context/remoteExecutionContext.ts";
import type { ContextDescription, Image } from "../context/description.ts";
import { asText } from "../data/columns.ts";
import type { Environment } from "../data/environment.ts";
import type { Operation } from "../data/operation.ts";
import type { Row } from "../data/store.ts";
import { tableNamed } from "../data/tables.ts";
import type { Table } from "../data/tables.ts";
import { toAttributes, toFormattedValues, withoutNulls } from "./attributes.ts";
import { serializeContext } from "./body.ts";
import type { WebhookJob } from "./job.ts";
import { columnList, matchingSteps } from "./steps.ts";
import type { MatchingStep } from "./steps.ts";

/** A job and the step that it belongs to. */
export type PlannedJob = { job: WebhookJob; step: Row };

/** The webhook requests that an operation causes: one for each step registered for it. */
export function planJobs(env: Environment, operation: Operation): PlannedJob[] {
  const requestId = randomUUID();
  const correlationId = randomUUID();
  return matchingSteps(env.store, operation).map((match) => {
    const id = randomUUID();
    const description = describe(env, operation, match);
    const context = remoteExecutionContext({ ...description, operationId: id, requestId, correlationId });
    const { text, sizeExceeded } = serializeContext(context);
    const job: WebhookJob = {
      id,
      endpointId: match.endpointId,
      table: operation.table,
      message: operation.message,
      recordId: operation.id,
      recordName: nameOf(tableNamed(operation.table), operation) ?? "",
      requestId,
      correlationId,
      createdOn: operation.at.toISOString(),
      autoDelete: match.step.values["asyncautodelete"] === true,
      body: text,
      sizeExceeded,
    };
    return { job, step: match.step };
  });
}

function describe(env: Environment, operation: Operation, match: MatchingStep): ContextDescription {
  const { caller, message } = operation;
  const table = tableNamed(operation.table);
  return {
    organizationId: env.organizationId,
    businessUnitId: env.businessUnitId,
    table: operation.table,
    message,
    id: operation.id,
    modifiedOn: operation.at,
    stepId: match.step.id,
    userId: caller.userId,
    userDirectoryId: caller.directoryId,
    userAgent: caller.userAgent,
    ...(caller.tag === undefined ? {} : { tag: caller.tag }),
    ...(caller.acceptLanguage === undefined ? {} : { acceptLanguage: caller.acceptLanguage }),
    ...(caller.applicationName === undefined ? {} : { applicationName: caller.applicationName }),
    ...columnsOf(table, operation),
    ...imagesOf(table, operation, match.images),
    ...(operation.related ? { related: operation.related } : {}),
  };
}

/** Update carries what changed and nothing else; Create carries every column that is set. */
function columnsOf(table: Table, operation: Operation): Partial<ContextDescription> {
  const attributes = toAttributes(table, operation.submitted);
  if (operation.message === "Update") {
    return { attributes, platformAttributes: toAttributes(table, operation.added) };
  }
  if (operation.message !== "Create") return {};
  const set = { ...withoutNulls(operation.added), modifiedonbehalfby: null };
  const formatted = toFormattedValues(table, { ...operation.submitted, ...set });
  return { attributes, platformAttributes: toAttributes(table, set), formatted };
}

function imagesOf(table: Table, operation: Operation, images: Row[]): Partial<ContextDescription> {
  if (operation.message === "Associate" || operation.message === "Disassociate") return {};
  const { before, after } = operation;
  return {
    primaryName: { column: table.primaryName, value: nameOf(table, operation) },
    preImages:
      before && operation.message !== "Create" ? images.filter(isPre).map(imageOf(table, before)) : [],
    postImages: after ? images.filter(isPost).map(imageOf(table, after)) : [],
  };
}

const isPre = (image: Row) => image.values["imagetype"] !== 1;
const isPost = (image: Row) => image.values["imagetype"] !== 0;

function imageOf(table: Table, row: Row): (image: Row) => Image {
  return (image) => {
    const wanted = columnList(image.values["attributes"]);
    const all = withoutNulls({ ...row.values, [table.primaryKey]: row.id });
    const chosen = Object.fromEntries(
      Object.entries(all).filter(([name]) => wanted.length === 0 || wanted.includes(name)),
    );
    return {
      alias: asText(image.values["entityalias"]) || asText(image.values["name"]),
      attributes: toAttributes(table, chosen),
      formatted: toFormattedValues(table, chosen),
    };
  };
}

function nameOf(table: Table, operation: Operation): string | null {
  const name = (operation.after ?? operation.before)?.values[table.primaryName];
  return typeof name === "string" ? name : null;
}
