import { badRequest } from "./errors.ts";

/** A value written in a filter. GUIDs, dates and bare words stay text; their column says what they mean. */
export type Literal = { value: string | number | boolean | null; quoted: boolean };

/** How two values are compared. */
export type Comparison = "eq" | "ne" | "gt" | "ge" | "lt" | "le";

/** The text functions that can stand alone in a filter. */
type TextFunction = "contains" | "startswith" | "endswith";

/** A parsed `$filter`. */
export type Filter =
  | { kind: "and" | "or"; left: Filter; right: Filter }
  | { kind: "not"; operand: Filter }
  | { kind: "compare"; path: string; comparison: Comparison; literal: Literal }
  | { kind: "text"; path: string; function: TextFunction; literal: Literal };

type Token = { text: string; literal?: Literal };

const TOKEN = /\s*(?:('(?:[^']|'')*')|([(),])|([^\s(),']+))/y;
const COMPARISONS = new Set(["eq", "ne", "gt", "ge", "lt", "le"]);
const TEXT_FUNCTIONS = new Set(["contains", "startswith", "endswith"]);

/** Reads a `$filter`: comparisons, the three text functions, `and`, `or`, `not` and parentheses. */
export function parseFilter(source: string): Filter {
  const tokens = tokenize(source);
  let position = 0;
  const peek = () => tokens[position]?.text.toLowerCase();
  const take = () => {
    const token = tokens[position++];
    if (!token) throw syntaxError(source);
    return token;
  };
  const expect = (text: string) => {
    if (take().text !== text) throw syntaxError(source);
  };

  const disjunction = (): Filter => {
    let left = conjunction();
    while (peek() === "or") {
      take();
      left = { kind: "or", left, right: conjunction() };
    }
    return left;
  };
  const conjunction = (): Filter => {
    let left = operand();
    while (peek() === "and") {
      take();
      left = { kind: "and", left, right: operand() };
    }
    return left;
  };
  const operand = (): Filter => {
    if (peek() === "not") {
      take();
      return { kind: "not", operand: operand() };
    }
    if (peek() === "(") {
      take();
      const inner = disjunction();
      expect(")");
      return inner;
    }
    return tokens[position + 1]?.text === "(" ? textFunction() : comparison();
  };
  const textFunction = (): Filter => {
    const name = take().text;
    if (!isTextFunction(name)) {
      throw badRequest(`An unknown function with name '${name}' was found.`, "0x80060888");
    }
    expect("(");
    const path = take().text;
    expect(",");
    const literal = toLiteral(take());
    expect(")");
    return { kind: "text", path, function: name, literal };
  };
  const comparison = (): Filter => {
    const path = take().text;
    const operator = take().text;
    if (!isComparison(operator)) throw syntaxError(source);
    return { kind: "compare", path, comparison: operator, literal: toLiteral(take()) };
  };

  const filter = disjunction();
  if (position < tokens.length) throw syntaxError(source);
  return filter;
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const text = source.trim();
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw syntaxError(source);
    const [, quoted, mark, word] = match;
    if (quoted === undefined) tokens.push({ text: mark ?? word ?? "" });
    else {
      const value = quoted.slice(1, -1).replaceAll("''", "'");
      tokens.push({ text: quoted, literal: { value, quoted: true } });
    }
  }
  return tokens;
}

function toLiteral({ text, literal }: Token): Literal {
  if (literal) return literal;
  const words: Record<string, boolean | null> = { null: null, true: true, false: false };
  const word = words[text];
  if (word !== undefined) return { value: word, quoted: false };
  return { value: /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text, quoted: false };
}

function isComparison(text: string): text is Comparison {
  return COMPARISONS.has(text);
}

function isTextFunction(text: string): text is TextFunction {
  return TEXT_FUNCTIONS.has(text);
}

function syntaxError(source: string): Error {
  return badRequest(`Syntax error in '$filter': '${source}'.`, "0x80060888");
}
