import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostProcesses, killHostProcesses } from "./hostStatus.ts";
import type { StackRun } from "./withStack.ts";

/** Gives the functions further settings and starts their process anew with them. */
export async function restartWithSettings(
  { stack, folder }: Pick<StackRun, "stack" | "folder">,
  settings: Record<string, string>,
): Promise<void> {
  const file = join(folder, "local.settings.json");
  const content = JSON.parse(readFileSync(file, "utf8")) as { Values: Record<string, string> };
  writeFileSync(file, JSON.stringify({ ...content, Values: { ...content.Values, ...settings } }));
  await killHostProcesses(stack.functionsUrl);
  await hostProcesses(stack.functionsUrl);
}
