import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

const stackFile = z.object({ dynamicsUrl: z.url() });

const environmentList = z.object({
  environments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      environmentUrl: z.url(),
      deliveries: z.object({ waiting: z.number(), delivered: z.number(), failed: z.number() }),
    }),
  ),
});

/** An environment of the running stack, and how its deliveries stand. */
export type RunningOrganization = z.output<typeof environmentList>["environments"][number];

const ASK_EVERY_MS = 250;
const NOT_RUNNING = "The stack is not running. Start it with: npm start";

/** The address of the simulated Dynamics 365, from the file that the running stack leaves in its state folder. */
export function runningStack(stateFolder: string): string {
  const file = join(stateFolder, "stack.json");
  if (!existsSync(file)) throw new Error(NOT_RUNNING);
  return stackFile.parse(JSON.parse(readFileSync(file, "utf8"))).dynamicsUrl.replace(/\/$/, "");
}

/** The organization of that id; an unknown one is answered with those that there are. */
export async function findOrganization(dynamicsUrl: string, id: string): Promise<RunningOrganization> {
  const { environments } = environmentList.parse(await call(`${dynamicsUrl}/_control/environments`));
  const found = environments.find((environment) => environment.id === id);
  if (found) return found;
  const known = environments.map((environment) => environment.id).join(", ");
  throw new RangeError(`There is no organization "${id}". There are: ${known}.`);
}

/** A token with which the traffic works as the membership office would. */
export async function signIn(dynamicsUrl: string): Promise<string> {
  const answer = await call(`${dynamicsUrl}/_control/session`, "POST");
  return z.object({ token: z.string() }).parse(answer).token;
}

/** Waits until every webhook of the organization has been answered, which takes long while the app is slow, and gives how they stand then. */
export async function deliveriesDone(dynamicsUrl: string, id: string): Promise<RunningOrganization> {
  for (;;) {
    const organization = await findOrganization(dynamicsUrl, id);
    if (organization.deliveries.waiting === 0) return organization;
    await delay(ASK_EVERY_MS);
  }
}

async function call(url: string, method = "GET"): Promise<unknown> {
  const response = await fetch(url, { method }).catch((cause: unknown) => {
    throw new Error(NOT_RUNNING, { cause });
  });
  if (!response.ok) throw new Error(`The simulated Dynamics 365 answered ${response.status} at ${url}.`);
  return response.status === 204 ? undefined : await response.json();
}
