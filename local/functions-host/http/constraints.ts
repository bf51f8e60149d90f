/** Says whether a route value satisfies a constraint such as `int` or `length(2,5)`. */
export type Constraint = (value: string) => boolean;

const PATTERNS: Record<string, RegExp> = {
  alpha: /^[a-z]*$/i,
  bool: /^(true|false)$/i,
  decimal: /^-?\d+(\.\d+)?$/,
  double: /^-?(\d+(\.\d+)?(e[+-]?\d+)?|Infinity)$/i,
  float: /^-?(\d+(\.\d+)?(e[+-]?\d+)?|Infinity)$/i,
  guid: /^[({]?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}[)}]?$/i,
};

/**
 * Reads one constraint of ASP.NET Core routing, which is what the host's templates use. Throws for a name
 * that does not exist, as the host does at its start.
 */
export function parseConstraint(text: string): Constraint {
  const match = /^(\w+)(?:\((.*)\))?$/s.exec(text);
  if (!match) throw new Error(`the route constraint '${text}' is not valid.`);
  const name = match[1]!.toLowerCase();
  const argument = match[2];
  const numbers = (argument ?? "").split(",").map((part) => Number(part.trim()));
  const [first = Number.NaN, second = first] = numbers;
  const pattern = PATTERNS[name];
  if (pattern) return (value) => pattern.test(value);
  switch (name) {
    case "int":
      return (value) => isInteger(value, -(2n ** 31n), 2n ** 31n - 1n);
    case "long":
      return (value) => isInteger(value, -(2n ** 63n), 2n ** 63n - 1n);
    case "datetime":
      return (value) => !Number.isNaN(Date.parse(value));
    case "length":
      return (value) => value.length >= first && value.length <= second;
    case "minlength":
      return (value) => value.length >= first;
    case "maxlength":
      return (value) => value.length <= first;
    case "min":
      return (value) => isWhole(value) && Number(value) >= first;
    case "max":
      return (value) => isWhole(value) && Number(value) <= first;
    case "range":
      return (value) => isWhole(value) && Number(value) >= first && Number(value) <= second;
    case "required":
      return (value) => value !== "";
    case "file":
      return (value) => /\.[^./]+$/.test(value);
    case "nonfile":
      return (value) => !/\.[^./]+$/.test(value);
    case "regex": {
      const expression = new RegExp(argument ?? "", "i");
      return (value) => expression.test(value);
    }
    default:
      throw new Error(`the route constraint '${text}' does not exist.`);
  }
}

function isWhole(value: string): boolean {
  return /^-?\d+$/.test(value);
}

function isInteger(value: string, min: bigint, max: bigint): boolean {
  return isWhole(value) && BigInt(value) >= min && BigInt(value) <= max;
}
