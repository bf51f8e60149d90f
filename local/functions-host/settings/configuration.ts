/**
 * A nested configuration as the host sees it: flat, with `:` between the levels, names without regard to
 * case, and the environment on top. Every read marks its key, so that what nobody read can be refused.
 */
export interface Configuration {
  text: (key: string) => string | undefined;
  integer: (key: string, range?: { min: number; max?: number }) => number | undefined;
  boolean: (key: string) => boolean | undefined;
  /** Milliseconds of a TimeSpan (`[d.]hh:mm[:ss[.fff]]`); `-1` stands for "never" and is Infinity. */
  duration: (key: string) => number | undefined;
  /** The entries below `key`: names relative to it. Marks all of them as read. */
  section: (key: string) => Map<string, string>;
  /** Keys that nothing read, in the spelling of their source. */
  unread: () => string[];
  problems: string[];
}

const TIME_SPAN = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;

/** Milliseconds of a .NET TimeSpan text, or undefined when it is not one. */
export function parseTimeSpan(text: string): number | undefined {
  const match = TIME_SPAN.exec(text.trim());
  if (!match) return undefined;
  const [days, hours, minutes, seconds] = [match[1], match[2], match[3], match[4]].map((part) =>
    Number(part ?? 0),
  );
  const fraction = Number(`0.${match[5] ?? "0"}`);
  if (hours! > 23 || minutes! > 59 || seconds! > 59) return undefined;
  return (((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds! + fraction) * 1000;
}

/**
 * Builds the configuration from an object and the environment variables `PREFIX__a__b=value`, which win.
 * Problems of a value are collected in `problems`, each with the key and what it should be.
 */
export function createConfiguration(
  content: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
  prefix: string,
): Configuration {
  const entries = new Map<string, { key: string; value: string }>();
  flatten(content, "", (key, value) => entries.set(key.toLowerCase(), { key, value }));
  for (const [name, value] of Object.entries(environment)) {
    const key = name.replaceAll("__", ":");
    if (value === undefined || !key.toLowerCase().startsWith(`${prefix.toLowerCase()}:`)) continue;
    const path = key.slice(prefix.length + 1);
    entries.set(path.toLowerCase(), { key: path, value });
  }
  const read = new Set<string>();
  const problems: string[] = [];

  function text(key: string): string | undefined {
    read.add(key.toLowerCase());
    return entries.get(key.toLowerCase())?.value;
  }

  function parsed<T>(key: string, expected: string, parse: (value: string) => T | undefined): T | undefined {
    const value = text(key);
    if (value === undefined) return undefined;
    const result = parse(value);
    if (result === undefined) problems.push(`${key} is "${value}"; it must be ${expected}.`);
    return result;
  }

  return {
    text,
    problems,
    integer(key, range = { min: 0 }) {
      const { min, max = Number.MAX_SAFE_INTEGER } = range;
      const limits = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
      return parsed(key, `a whole number ${limits}`, (value) => {
        const number = Number(value);
        return Number.isInteger(number) && number >= min && number <= max ? number : undefined;
      });
    },
    boolean: (key) =>
      parsed(key, "true or false", (value) => {
        const lower = value.toLowerCase();
        return lower === "true" ? true : lower === "false" ? false : undefined;
      }),
    duration: (key) =>
      parsed(key, "a time like 00:05:00, or -1", (value) =>
        value === "-1" ? Number.POSITIVE_INFINITY : parseTimeSpan(value),
      ),
    section(key) {
      const found = new Map<string, string>();
      for (const [lower, entry] of entries) {
        if (lower !== key.toLowerCase() && !lower.startsWith(`${key.toLowerCase()}:`)) continue;
        read.add(lower);
        found.set(entry.key.slice(key.length + 1), entry.value);
      }
      return found;
    },
    unread: () => [...entries].filter(([lower]) => !read.has(lower)).map(([, entry]) => entry.key),
  };
}

function flatten(value: unknown, path: string, add: (path: string, value: string) => void): void {
  if (value === null || value === undefined) return;
  if (typeof value !== "object") return add(path, typeof value === "string" ? value : JSON.stringify(value));
  for (const [name, inner] of Object.entries(value)) flatten(inner, path ? `${path}:${name}` : name, add);
}
