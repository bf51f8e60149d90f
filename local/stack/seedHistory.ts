import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { forEachLimited } from "../../functions/platform/forEachLimited.ts";
import { sampleOrganizations } from "./sampleOrganizations.ts";
import { waitUntilQuiet } from "./quiet.ts";
import type { StackFile } from "./stackFile.ts";

const hourMs = 3_600_000;

/** Changes per hour of the day in an office of members who live in one time zone. */
const officeHours = [0, 0, 0, 0, 0, 1, 2, 5, 9, 12, 11, 9, 7, 10, 12, 11, 9, 6, 4, 3, 3, 2, 1, 1];

/** A column that a member changes, and what to. Every seventh change at Fabrikam has a fault that people make. */
const edits: ((n: number) => Record<string, string>)[] = [
  (n) => ({ telephone1: `+49 30 55${String(1000 + ((n * 37) % 9000))}` }),
  (n) => ({
    address1_city: ["Berlin", "København", "Łódź", "Zürich", "Málaga", "Oslo", "Gdańsk"][n % 7] ?? "Berlin",
  }),
  (n) => ({ emailaddress1: `member.${(n * 7919) % 10_000}@example.org` }),
  (n) => ({ mobilephone: `+45 20 ${String(100_000 + ((n * 811) % 900_000))}` }),
];
const faultyEdit = { emailaddress1: "not known" };

/** How long ago, in hours, each organization's history begins and ends: Northwind went silent yesterday. */
const spans: Record<string, { from: number; to: number; step: number; share: number }> = {
  contoso: { from: 24, to: 0, step: 1, share: 1 },
  fabrikam: { from: 24, to: 0, step: 1, share: 0.5 },
  northwind: { from: 50, to: 27, step: 3, share: 0.7 },
};

/** Says in the folder that the history was begun, and later that it is whole. */
const begunName = "history-begun";
const madeName = "history-seeded";

/** What holds the history, by how the names begin: SQLite has files beside its own. */
const keepers = ["azurite", "service-bus.sqlite", "dynamics.sqlite", "timers.json"];

/**
 * Removes a history that was begun and never finished, so that no part of it is made twice. Nothing else can be lost:
 * the start is not ready before its history is. Says whether there was one.
 */
export function forgetHalfHistory(folder: string): boolean {
  const begun = join(folder, begunName);
  if (!existsSync(begun)) return false;
  for (const name of readdirSync(folder))
    if (keepers.some((keeper) => name.startsWith(keeper)))
      rmSync(join(folder, name), { recursive: true, force: true });
  rmSync(begun);
  return true;
}

/**
 * Gives the sample organizations a day of history, once: their members are edited in Dynamics hour by hour,
 * with the clocks of Dynamics and of the functions host set back, and everything goes through the real pipeline.
 */
export async function seedHistory(
  stack: StackFile,
  folder: string,
  say: (step: string) => void,
): Promise<void> {
  if (existsSync(join(folder, madeName))) return;
  say("Making a day of history through the whole pipeline (once) …");
  writeFileSync(join(folder, begunName), "");
  try {
    const edited = await makeHistory(stack);
    renameSync(join(folder, begunName), join(folder, madeName));
    say(`${edited} changes of ${sampleOrganizations.length} organizations were carried over.`);
  } catch (error) {
    throw new Error(
      `The history could not be made (${(error as Error).message}): read why in ${join(folder, "logs")}, and start again.`,
      { cause: error },
    );
  }
}

/** Makes the changes and waits until they are carried over. Says how many there were. */
async function makeHistory(stack: StackFile): Promise<number> {
  const token = await openSession(stack);
  const members = await Promise.all(
    sampleOrganizations.map(async ({ id }) => ({ id, ids: await memberIds(stack, token, id) })),
  );
  const now = Date.now();
  let edited = 0;
  try {
    for (let ago = 50; ago >= 0; ago--) {
      const at = now - ago * hourMs;
      const due = members.flatMap(({ id, ids }) => {
        const span = spans[id];
        if (!span || ago > span.from || ago < span.to || (span.from - ago) % span.step !== 0) return [];
        const count = Math.ceil((officeHours[new Date(at).getUTCHours()] ?? 0) * span.share * span.step);
        return Array.from({ length: count }, () => ({ id, ids }));
      });
      if (due.length === 0) continue;
      await setClocks(stack, new Date(at).toISOString());
      await forEachLimited(due, 8, async ({ id, ids }) => {
        const n = edited++;
        const faulty = id === "fabrikam" && n % 7 === 0;
        await edit(
          stack,
          token,
          id,
          ids[(n * 31) % ids.length] ?? "",
          faulty ? faultyEdit : (edits[n % edits.length]?.(n) ?? {}),
        );
      });
      await waitUntilQuiet(stack);
    }
  } finally {
    await setClocks(stack, null);
  }
  await post(`${stack.functionsUrl}/admin/functions/flagSilence`, {});
  return edited;
}

async function setClocks(stack: StackFile, now: string | null): Promise<void> {
  await post(`${stack.functionsUrl}/admin/local/clock`, { now });
  await post(`${stack.dynamicsUrl}/_control/clock`, { now });
}

async function openSession(stack: StackFile): Promise<string> {
  const response = await post(`${stack.dynamicsUrl}/_control/session`, {});
  return ((await response.json()) as { token: string }).token;
}

async function memberIds(stack: StackFile, token: string, organization: string): Promise<string[]> {
  const url = `${stack.dynamicsUrl}/${organization}/api/data/v9.2/contacts?$select=contactid&$filter=statecode eq 0&$top=120`;
  const response = await checked(
    await fetch(url, { headers: { authorization: `Bearer ${token}`, accept: "application/json" } }),
  );
  const { value } = (await response.json()) as { value: { contactid: string }[] };
  return value.map((row) => row.contactid);
}

async function edit(
  stack: StackFile,
  token: string,
  organization: string,
  id: string,
  columns: Record<string, string>,
): Promise<void> {
  await checked(
    await fetch(`${stack.dynamicsUrl}/${organization}/api/data/v9.2/contacts(${id})`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "if-match": "*" },
      body: JSON.stringify(columns),
    }),
  );
}

async function post(url: string, body: object): Promise<Response> {
  return checked(
    await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

async function checked(response: Response): Promise<Response> {
  if (!response.ok)
    throw new Error(`${response.url} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  return response;
}
