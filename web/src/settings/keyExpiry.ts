import { fromInputValue } from "../time/inputValue.ts";

/** The choices of when a new key expires. */
export const expiryChoices = [
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In one year" },
  { value: "never", label: "Never" },
  { value: "date", label: "On a date" },
] as const;
export type ExpiryChoice = (typeof expiryChoices)[number]["value"];

/** When a key expires by what was chosen, as the API takes it, or what is wrong with the choice. */
export function readExpiry(
  choice: ExpiryChoice,
  date: string,
  now: number,
): { expiresAt: string | null } | { fault: string } {
  if (choice === "never") return { expiresAt: null };
  const at = choice === "date" ? fromInputValue(date) : now + Number(choice) * 86_400_000;
  if (at === null) return { fault: "Choose a date and a time." };
  return at > now ? { expiresAt: new Date(at).toISOString() } : { fault: "Choose a time in the future." };
}
