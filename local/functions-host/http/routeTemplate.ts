import { parseConstraint } from "./constraints.ts";
import type { Constraint } from "./constraints.ts";

/** A compiled route template. */
export interface RouteTemplate {
  /** The values of its parameters when the path (no slash at the start) matches, else undefined. */
  match: (path: string) => Record<string, string> | undefined;
}

interface Parameter {
  name: string;
  optional: boolean;
  catchAll: boolean;
  defaultValue: string | undefined;
  constraints: Constraint[];
}

/**
 * Compiles a template of ASP.NET Core routing: literals without regard to case, `{name}`, constraints
 * `{id:int}`, optional `{id?}`, defaults `{id=7}`, catch-all `{*rest}`, and mixed segments `{name}.{ext}`.
 * Throws with the reason when the template is not valid.
 */
export function compileTemplate(template: string): RouteTemplate {
  const parameters: Parameter[] = [];
  let pattern = "^";
  for (const [index, segment] of splitSegments(template).entries()) {
    const pieces = splitPieces(segment);
    const only = pieces.length === 1 && typeof pieces[0] === "object" ? pieces[0] : undefined;
    const slash = index === 0 ? "" : "/";
    parameters.push(...pieces.filter((piece) => typeof piece === "object"));
    if (only?.catchAll) pattern += index === 0 ? "(.*?)" : "(?:/(.*?))?";
    else if (only && (only.optional || only.defaultValue !== undefined)) pattern += `(?:${slash}([^/]+))?`;
    else
      pattern +=
        slash + pieces.map((piece) => (typeof piece === "object" ? "([^/]+?)" : escape(piece))).join("");
  }
  const expression = new RegExp(`${pattern}/?$`, "i");
  return {
    match(path) {
      const found = expression.exec(path);
      if (!found) return undefined;
      const values: Record<string, string> = {};
      for (const [index, parameter] of parameters.entries()) {
        const value = found[index + 1] ?? parameter.defaultValue;
        if (value === undefined || (value === "" && parameter.catchAll)) continue;
        if (!parameter.constraints.every((constraint) => constraint(value))) return undefined;
        values[parameter.name] = value;
      }
      return values;
    },
  };
}

function escape(literal: string): string {
  return literal.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Splits at slashes that are outside of braces (a regex constraint may hold some). */
function splitSegments(template: string): string[] {
  const segments: string[] = [];
  let depth = 0;
  let current = "";
  for (const character of template.replaceAll(/^\/+|\/+$/g, "")) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (character === "/" && depth === 0) {
      segments.push(current);
      current = "";
    } else current += character;
  }
  return [...segments, current];
}

function splitPieces(segment: string): (string | Parameter)[] {
  const pieces: (string | Parameter)[] = [];
  let rest = segment;
  while (rest !== "") {
    const open = rest.indexOf("{");
    if (open === -1) return [...pieces, rest];
    if (open > 0) pieces.push(rest.slice(0, open));
    const end = closingBrace(rest, open);
    if (end === -1) throw new Error(`the route segment '${segment}' has a '{' without its '}'.`);
    pieces.push(parseParameter(rest.slice(open + 1, end)));
    rest = rest.slice(end + 1);
  }
  return pieces;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let index = open; index < text.length; index += 1) {
    if (text[index] === "{") depth += 1;
    if (text[index] === "}") depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}

/** The inside of the braces; doubled braces of a regex stand for single ones. */
function parseParameter(text: string): Parameter {
  const match = /^(\*{0,2})([^:=?*]+)(.*)$/s.exec(text);
  if (!match) throw new Error(`the route parameter '{${text}}' is not valid.`);
  let rest = match[3]!;
  const optional = rest.endsWith("?");
  if (optional) rest = rest.slice(0, -1);
  const equals = /=([^=()]*)$/.exec(rest);
  if (equals) rest = rest.slice(0, equals.index);
  return {
    name: match[2]!,
    optional,
    catchAll: match[1] !== "",
    defaultValue: equals?.[1],
    constraints: splitConstraints(rest).map((part) =>
      parseConstraint(part.replaceAll("{{", "{").replaceAll("}}", "}")),
    ),
  };
}

function splitConstraints(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === ":" && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}
