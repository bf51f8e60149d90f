import { isObject, toGuid } from "./plainValue.ts";

/**
 * A copy of a webhook's body without personal data. Every text and number that a column holds is masked, as is every
 * other free text; what is left is the structure, names of tables and columns, ids, choices, and the envelope: who,
 * when and which message. Nothing is left as it is for its place alone: it must also look like what belongs there.
 */
export function maskPayload(body: unknown): unknown {
  return isObject(body) ? maskMembers(body, envelope, 0) : maskValue(body, 0);
}

type Looks = (value: unknown) => boolean;

const text =
  (pattern: RegExp): Looks =>
  (value) =>
    typeof value === "string" && pattern.test(value);
const isGuidText: Looks = (value) =>
  toGuid(value) !== null || value === "00000000-0000-0000-0000-000000000000";
const isSmallNumber: Looks = (value) => Number.isInteger(value) && Math.abs(Number(value)) < 1_000;
const isChoice: Looks = (value) => Number.isInteger(value);
const isTableName = text(/^[a-z][a-z0-9_]{0,127}$/);
const isName = text(/^[A-Za-z_][\w.]{0,127}$/);
const isVersion: Looks = (value) => /^\d{1,19}$/.test(String(value));
const isDate = text(/^(\/Date\(-?\d{1,15}([+-]\d{4})?\)\/|\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?)$/);
const isOrganizationName = text(/^[a-z0-9-]{1,64}$/i);
/** `Name:namespace`, as the serializer of .NET writes types. */
const isTypeName = text(
  /^[\w.`[\]]{1,100}:(#[\w.]{1,100}|https?:\/\/schemas\.microsoft\.com\/[\w/.]{1,100})$/,
);

/** What an execution context says of the message and not of a row. */
const envelope: Readonly<Record<string, Looks>> = {
  ...Object.fromEntries(
    [
      ...["BusinessUnitId", "CorrelationId", "InitiatingUserId", "OperationId", "OrganizationId"],
      ...["InitiatingUserAzureActiveDirectoryObjectId", "UserAzureActiveDirectoryObjectId"],
      ...["PrimaryEntityId", "RequestId", "UserId"],
    ].map((name) => [name, isGuidText]),
  ),
  ...Object.fromEntries(["Depth", "IsolationMode", "Mode", "Stage"].map((name) => [name, isSmallNumber])),
  MessageName: isName,
  PrimaryEntityName: isTableName,
  SecondaryEntityName: isTableName,
  OperationCreatedOn: isDate,
  OrganizationName: isOrganizationName,
  __type: isTypeName,
};

/** What a row, a lookup or a relationship says of itself and not of a person. */
const structure: Readonly<Record<string, Looks>> = {
  __type: isTypeName,
  Id: isGuidText,
  LogicalName: isTableName,
  EntityName: isTableName,
  SchemaName: isName,
  PrimaryEntityRole: isSmallNumber,
  EntityState: isSmallNumber,
  RowVersion: isVersion,
};

/** Levels of nesting that are shown; nothing that Dynamics sends comes near it. */
const deepest = 100;

/** Members that hold an execution context of their own. */
const contexts = new Set(["ParentContext"]);

function maskMembers(
  object: Record<string, unknown>,
  known: Readonly<Record<string, Looks>>,
  depth: number,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, maskMember(object, name, value, known, depth)]),
  );
}

function maskMember(
  object: Record<string, unknown>,
  name: string,
  value: unknown,
  known: Readonly<Record<string, Looks>>,
  depth: number,
): unknown {
  if (known === envelope && contexts.has(name) && isObject(value) && depth < deepest)
    return maskMembers(value, envelope, depth + 1);
  if (Object.hasOwn(known, name) && known[name]?.(value)) return value;
  if (isPairMember(object, name) && isName(value)) return value;
  if (name === "Value" && isChoiceObject(object) && isChoice(value)) return value;
  return maskValue(value, depth);
}

/** The name in a pair of name and value. */
function isPairMember(object: Record<string, unknown>, name: string): boolean {
  return (name === "key" && "value" in object) || (name === "Key" && "Value" in object);
}

function isChoiceObject({ __type: type }: Record<string, unknown>): boolean {
  return typeof type === "string" && type.startsWith("OptionSetValue:");
}

/** Anything inside a row or parameter. A yes or no, an id and what is empty say nothing of a person by themselves. */
function maskValue(value: unknown, depth: number): unknown {
  if (typeof value === "object" && value !== null && depth >= deepest) return "•••";
  if (Array.isArray(value)) return value.map((item) => maskValue(item, depth + 1));
  if (isObject(value)) return maskMembers(value, structure, depth + 1);
  if (typeof value === "string") return value === "" || isGuidText(value) ? value : maskText(value);
  if (typeof value === "number") return Number.isInteger(value) ? "#••" : "#••.••";
  return value;
}

/** Up to so many characters of text have a mask of so many points. */
const lengths: readonly [upTo: number, points: number][] = [
  [4, 3],
  [16, 6],
  [64, 12],
  [Infinity, 24],
];

/** Says of what kind a text was and about how long: a date, an address of mail, anything else. */
function maskText(value: string): string {
  if (isDate(value)) return value.startsWith("/Date(") ? "/Date(•••)/" : "••••-••-••";
  if (/^[^\s@]+@[^\s@]+$/.test(value)) return "•••@•••";
  const [, points = 3] = lengths.find(([upTo]) => value.length <= upTo) ?? [];
  return "•".repeat(points);
}
