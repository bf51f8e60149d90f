import { maxMuteDays } from "../../../functions/contracts/alerts.ts";

/** What is wrong with a time to mute until, in milliseconds since 1970; null when none was entered. */
export function muteFault(until: number | null, now: number): string | undefined {
  if (until === null || until <= now) return "Choose a time in the future.";
  if (until > now + maxMuteDays * 86_400_000)
    return `Choose a time within the next ${maxMuteDays} days, or switch the rule off.`;
  return undefined;
}
