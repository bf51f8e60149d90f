import type { LogCategory, LogLevel } from "./coreTypes.ts";

/** From the least to the most serious. */
const ORDER: LogLevel[] = ["trace", "debug", "information", "warning", "error", "critical", "none"];

/** Whether host.json may name this level; case does not matter. */
export function isLogLevel(text: string): boolean {
  return ORDER.includes(text.toLowerCase() as LogLevel);
}

/** Writes one line of the host's or the app's log. */
export type Log = (level: LogLevel, message: string) => void;

/**
 * Prints `[time] message` lines as `func start` does; warnings and errors say so and go to stderr.
 */
export function createLog(
  write: { out: (text: string) => void; error: (text: string) => void },
  now: () => Date,
): Log {
  return (level, message) => {
    const serious = ORDER.indexOf(level) >= ORDER.indexOf("warning");
    const label = serious ? `${level}: ` : "";
    (serious ? write.error : write.out)(`[${now().toISOString()}] ${label}${message}\n`);
  };
}

/**
 * Whether host.json's `logging.logLevel` lets a record through. Categories are those of the host:
 * `Function.<name>.User` for what the app logs, else `default`; the longest matching prefix decides.
 */
export function isLogged(
  logLevels: Map<string, string>,
  functionName: string,
  category: LogCategory,
  level: LogLevel,
): boolean {
  const full = category === "user" ? `Function.${functionName}.User` : "Worker";
  let threshold = "Information";
  let longest = -1;
  for (const [name, value] of logLevels) {
    const matches = name.toLowerCase() === "default" ? 0 : prefixLength(full, name);
    if (matches > longest) [threshold, longest] = [value, matches];
  }
  return ORDER.indexOf(level) >= ORDER.indexOf(threshold.toLowerCase() as LogLevel);
}

function prefixLength(category: string, prefix: string): number {
  const matches =
    category.toLowerCase() === prefix.toLowerCase() ||
    category.toLowerCase().startsWith(`${prefix.toLowerCase()}.`);
  return matches ? prefix.length : -1;
}

/** Frames that say nothing about the app: this host, the library that calls the handler, Node itself. */
const FOREIGN_FRAME =
  /^\s+at .*(?:\/node_modules\/@azure\/functions\/|\/functions-host\/(?:core|http)\/|\(?node:internal\/|<anonymous>\)?$)/;

/** What a person needs to see of something that was thrown: where in the app, what, and its causes. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${JSON.stringify(error) ?? String(error)}`;
  const stack = (error.stack ?? `${error.name}: ${error.message}`)
    .split("\n")
    .filter((line) => !FOREIGN_FRAME.test(line))
    .join("\n");
  const inner = error instanceof AggregateError ? (error.errors as unknown[]).map(describeError) : [];
  const cause = error.cause === undefined ? [] : [`cause: ${describeError(error.cause)}`];
  return [stack, ...inner, ...cause].join("\n");
}
