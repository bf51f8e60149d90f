import { StartError } from "../startError.ts";

/**
 * Replaces every `%NAME%` by that setting, as the host does for queue names, topic names, subscription
 * names and schedules. Throws a StartError for a setting that does not exist or a `%` without its partner.
 */
export function resolveNames(text: string, environment: NodeJS.ProcessEnv): string {
  const parts = text.split("%");
  if (parts.length % 2 === 0)
    throw new StartError(
      `The '%' at position ${text.lastIndexOf("%")} of '${text}' does not have a closing '%'.`,
    );
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return part;
      const value = setting(part, environment);
      if (value === undefined)
        throw new StartError(
          `'%${part}%' does not resolve to a value. Add the setting ${part} to local.settings.json.`,
        );
      return value;
    })
    .join("");
}

/** One setting; `:` and `__` in its name are the same, and an empty one counts as missing. */
export function setting(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  return environment[name] || environment[name.replaceAll(":", "__")] || undefined;
}
