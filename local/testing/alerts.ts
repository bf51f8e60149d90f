import type { StackFile } from "../stack/stackFile.ts";
import { okJson } from "./api.ts";

/** Lets the timer check the alert rules, instead of waiting for the next minute. */
export async function checkRules({ functionsUrl }: Pick<StackFile, "functionsUrl">): Promise<void> {
  await fetch(`${functionsUrl}/admin/functions/flagSilence`, { method: "POST", body: "{}" });
}

/** Titles of what Teams was told about an organization, newest first. A card about several names each in a link. */
export async function cardTitles({ teamsUrl }: Pick<StackFile, "teamsUrl">, name: string): Promise<string[]> {
  const cards = await okJson<{ content: { body: { text?: string }[] } }[]>(
    await fetch(`${teamsUrl}/cards.json`),
  );
  const title = new RegExp(String.raw`^\[?(${name}[^\]]*)`);
  return cards.flatMap(({ content }) => content.body.flatMap(({ text = "" }) => title.exec(text)?.[1] ?? []));
}
