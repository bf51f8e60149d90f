import { operationCreatedMilliseconds } from "./dates.ts";
import { collectionMembers, createNormalizer, keyedValues, unwrap } from "./normalize.ts";
import type { Normalizer } from "./normalize.ts";
import { isObject, toGuid, toTableName } from "./plainValue.ts";
import type { Columns, DynamicsEntity, PlainValue } from "./plainValue.ts";

/** The value of `?tag=` on our own writes to Dataverse; it comes back as the shared variable `tag`. */
const ownTag = "portal-sync";

/** A row that a message is about. `columns` is null when the body only refers to the row, as a Delete does. */
export interface Target {
  table: string | null;
  id: string | null;
  columns: Columns | null;
  /** Texts for people that came with the columns, by column. */
  formatted: Record<string, string>;
  rowVersion: number | null;
}

/** What identifies one execution context of Dataverse and its row. Ids are lower-case GUIDs. */
export interface ContextHead {
  organizationId: string;
  messageName: string;
  /** `<table>.<Message>`, such as `contact.Update`; `none` stands for a message without a table. */
  eventType: string;
  table: string | null;
  /** The row the event is about: the primary id, or where that is empty the id of the first target. */
  recordId: string | null;
  /** False for the steps that a system job carries out. */
  synchronous: boolean;
  operationId: string | null;
  /** The registered step that sent the event (`OwningExtension`). */
  stepId: string | null;
}

/** One execution context of Dataverse in plain values. Times are milliseconds since 1970 UTC. */
export interface DynamicsContext extends ContextHead {
  /** Every row the event is about, `recordId` first. */
  recordIds: string[];
  correlationId: string | null;
  requestId: string | null;
  initiatingUserId: string | null;
  operationCreatedAt: number | null;
  targets: Target[];
  /** All input parameters but the targets. */
  parameters: Record<string, PlainValue>;
  preImages: Record<string, DynamicsEntity>;
  postImages: Record<string, DynamicsEntity>;
  sharedVariables: Record<string, PlainValue>;
  /** True when Dataverse left the content out because it was larger than 256 KB, so the row must be read back. */
  stripped: boolean;
  /** True when the change was made by this platform itself. */
  ownEcho: boolean;
  /** True when double-encoded text was repaired. */
  textRepaired: boolean;
}

/** A body that cannot be an event. The message is written for the person who set up the webhook. */
export class NotAContext extends Error {
  /** `notJson`: not JSON at all. `notContext`: JSON, but no execution context. */
  readonly reason: "notJson" | "notContext";

  constructor(reason: NotAContext["reason"], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "NotAContext";
    this.reason = reason;
  }
}

/**
 * Reads the body of a Dataverse webhook, as text or as parsed JSON. It takes every known shape of
 * RemoteExecutionContext and ignores members it does not know. What makes a context is the organization's id, a
 * message name, and a word on the row: a primary table, a primary id or input parameters. Throws
 * {@link NotAContext} and nothing else.
 */
export function parseContext(body: unknown): DynamicsContext {
  const raw = typeof body === "string" ? parseJson(body) : body;
  return readContext(...checked(raw));
}

/**
 * As {@link parseContext}, but only what the door needs. Bodies name their row at the top, as Dataverse sends them, so
 * that the columns need not be read; where one does not, its targets are.
 */
export function parseHead(body: unknown): ContextHead {
  const raw = typeof body === "string" ? parseJson(body) : body;
  const head = readHead(...checked(raw));
  return head.table === null || head.recordId === null ? parseContext(raw) : head;
}

/** Throws {@link NotAContext} unless this is a context. */
function checked(raw: unknown): [raw: Record<string, unknown>, organizationId: string, messageName: string] {
  if (!isObject(raw)) throw notContext("The body is JSON, but not an object.");
  const organizationId = toGuid(unwrap(raw["OrganizationId"]));
  if (organizationId === null) throw notContext("The body has no OrganizationId with a GUID.");
  const messageName = raw["MessageName"];
  if (typeof messageName !== "string" || !/^[\w.-]{1,128}$/.test(messageName)) {
    throw notContext("The body has no MessageName such as Create, Update or Delete.");
  }
  if (!rowMembers.some((name) => name in raw)) {
    throw notContext("The body names neither a table nor a row nor any input parameters.");
  }
  return [raw, organizationId, messageName];
}

const rowMembers = ["PrimaryEntityName", "PrimaryEntityId", "InputParameters"];

function readHead(raw: Record<string, unknown>, organizationId: string, messageName: string): ContextHead {
  const table = toTableName(raw["PrimaryEntityName"]);
  return {
    organizationId,
    messageName,
    table,
    eventType: eventTypeOf(table, messageName),
    recordId: guidOf(raw["PrimaryEntityId"]),
    synchronous: raw["Mode"] !== 1,
    operationId: guidOf(raw["OperationId"]),
    stepId: isObject(raw["OwningExtension"]) ? guidOf(raw["OwningExtension"]["Id"]) : null,
  };
}

const eventTypeOf = (table: string | null, messageName: string) => `${table ?? "none"}.${messageName}`;
const guidOf = (value: unknown) => toGuid(unwrap(value));

function readContext(
  raw: Record<string, unknown>,
  organizationId: string,
  messageName: string,
): DynamicsContext {
  const normalizer = createNormalizer();
  const plain = (name: string): Record<string, PlainValue> =>
    Object.fromEntries(keyedValues(raw[name]).map(([key, value]) => [key, normalizer.value(value)]));
  const images = (name: string): Record<string, DynamicsEntity> =>
    Object.fromEntries(
      keyedValues(raw[name]).flatMap(([alias, value]): [string, DynamicsEntity][] => {
        const image = normalizer.entity(value);
        return image ? [[alias, image]] : [];
      }),
    );
  const head = readHead(raw, organizationId, messageName);
  const input = keyedValues(raw["InputParameters"]);
  const output = plain("OutputParameters");
  const named = input.flatMap(([key, value]) => readTargets(key, value, normalizer));
  const targets = withCreatedIds(named, output["Ids"]);
  const parameters = Object.fromEntries(
    input.filter(([key]) => !targetKeys.has(key)).map(([key, value]) => [key, normalizer.value(value)]),
  );
  const table = head.table ?? targets[0]?.table ?? null;
  const created = toGuid(output["id"]);
  const recordId = head.recordId ?? targets[0]?.id ?? created;
  const merged = toGuid(parameters["SubordinateId"]);
  const ids = [recordId, ...targets.map((target) => target.id), merged].filter((id) => id !== null);
  const sharedVariables = plain("SharedVariables");
  const operationCreatedOn = unwrap(raw["OperationCreatedOn"]);

  return {
    ...head,
    eventType: eventTypeOf(table, messageName),
    table,
    recordId,
    recordIds: [...new Set(ids)],
    correlationId: guidOf(raw["CorrelationId"]),
    requestId: guidOf(raw["RequestId"]),
    initiatingUserId: guidOf(raw["InitiatingUserId"]),
    operationCreatedAt:
      typeof operationCreatedOn === "string" ? operationCreatedMilliseconds(operationCreatedOn) : null,
    targets,
    parameters,
    preImages: images("PreEntityImages"),
    postImages: images("PostEntityImages"),
    sharedVariables,
    stripped: keyedValues(raw["InputParameters"]).length === 0,
    ownEcho: sharedVariables["tag"] === ownTag,
    textRepaired: normalizer.textRepaired(),
  };
}

/** The parameters that say which rows a message is about. `EntityMoniker` is what SetState calls its target. */
const targetKeys = new Set(["Target", "Targets", "EntityMoniker"]);

function readTargets(key: string, raw: unknown, normalizer: Normalizer): Target[] {
  if (!targetKeys.has(key)) return [];
  const many = isObject(raw) ? collectionMembers(raw) : raw;
  if (Array.isArray(many)) return many.flatMap((one: unknown) => readTarget(one, normalizer));
  return readTarget(raw, normalizer);
}

/** CreateMultiple names its new rows in `Ids` of its answer, in the order of its targets. */
function withCreatedIds(targets: Target[], ids: PlainValue | undefined): Target[] {
  if (!Array.isArray(ids) || ids.length !== targets.length) return targets;
  return targets.map((target, place) => ({ ...target, id: target.id ?? toGuid(ids[place]) }));
}

function readTarget(raw: unknown, normalizer: Normalizer): Target[] {
  const entity = normalizer.entity(raw);
  if (entity) return [entity];
  const reference = normalizer.reference(raw);
  if (!reference) return [];
  return [
    { table: reference.table || null, id: reference.id, columns: null, formatted: {}, rowVersion: null },
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new NotAContext("notJson", "The body is not JSON.", cause);
  }
}

function notContext(what: string): NotAContext {
  return new NotAContext(
    "notContext",
    `${what} It is no execution context of Dynamics: register the address as a webhook.`,
  );
}
