import { badRequest, notSimulated } from "./errors.ts";

/** The system query options of a request, as far as they are served. */
export type QueryOptions = {
  select?: string[];
  filter?: string;
  orderBy: { path: string; descending: boolean }[];
  top?: number;
  count: boolean;
  expand?: string;
  skipToken?: string;
  deltaToken?: string;
};

const SERVED = new Set([
  "$select",
  "$filter",
  "$orderby",
  "$top",
  "$count",
  "$expand",
  "$skiptoken",
  "$deltatoken",
  "$id",
]);
const KNOWN_ELSEWHERE = new Set([
  "$apply",
  "$search",
  "$compute",
  "$format",
  "fetchXml",
  "savedQuery",
  "userQuery",
]);

/** Reads the query string. What Dataverse would serve and this does not is said so; the rest is a bad request. */
export function parseQueryOptions(parameters: URLSearchParams): QueryOptions {
  for (const name of parameters.keys()) {
    if (KNOWN_ELSEWHERE.has(name)) throw notSimulated(`the query option ${name}`);
    if (name.startsWith("$") && !SERVED.has(name)) {
      throw badRequest(`The query parameter ${name} is not supported.`, "0x80060888");
    }
  }
  const get = (name: string) => parameters.get(name) || undefined;
  const [select, filter, expand] = [get("$select"), get("$filter"), get("$expand")];
  const [skipToken, deltaToken, top] = [get("$skiptoken"), get("$deltatoken"), get("$top")];
  return {
    orderBy: parseOrderBy(get("$orderby")),
    count: get("$count") === "true",
    ...(select === undefined ? {} : { select: list(select) }),
    ...(filter === undefined ? {} : { filter }),
    ...(expand === undefined ? {} : { expand }),
    ...(skipToken === undefined ? {} : { skipToken }),
    ...(deltaToken === undefined ? {} : { deltaToken }),
    ...(top === undefined ? {} : { top: parseTop(top) }),
  };
}

/** The preferences of a request (RFC 7240), lower-case names. */
export function parsePreferences(header: string | null): Map<string, string> {
  const preferences = new Map<string, string>();
  for (const [, name = "", quoted, bare] of (header ?? "").matchAll(
    /([\w.-]+)\s*(?:=\s*(?:"([^"]*)"|([^,;\s]+)))?/g,
  )) {
    preferences.set(name.toLowerCase(), quoted ?? bare ?? "");
  }
  return preferences;
}

function parseOrderBy(source: string | undefined): QueryOptions["orderBy"] {
  return list(source ?? "").map((item) => {
    const [path = "", direction = "asc", ...rest] = item.split(/\s+/);
    if (rest.length > 0 || !["asc", "desc"].includes(direction)) {
      throw badRequest(`Syntax error in '$orderby': '${source}'.`, "0x80060888");
    }
    return { path, descending: direction === "desc" };
  });
}

function parseTop(source: string): number {
  const top = Number(source);
  if (!Number.isInteger(top) || top < 0) {
    throw badRequest(`Invalid value '${source}' for $top query option found.`, "0x80060888");
  }
  return top;
}

function list(source: string): string[] {
  return source
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
}
