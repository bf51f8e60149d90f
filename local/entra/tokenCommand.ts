import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Person } from "./people.ts";
import { signIn, type SignInTarget } from "./signIn.ts";

/** What the command prints, and how it ends. */
type CommandResult = { stdout: string; stderr: string; exitCode: 0 | 1 };

const StackFile = z.object({
  entraUrl: z.string(),
  tenantId: z.string(),
  clientId: z.string(),
  // A stack may run without the portal; the issuer takes any redirect URI of this machine.
  portalUrl: z
    .string()
    .nullable()
    .transform((url) => url ?? "http://localhost:5173"),
});

/** Gets an access token of the stack that runs over `stateFolder`; only the token goes to stdout. */
export async function tokenCommand(
  signInName: string | undefined,
  { stateFolder, people }: { stateFolder: string; people: Person[] },
): Promise<CommandResult> {
  const names = people.map((person) => person.signIn).join(", ");
  if (signInName === undefined)
    return failure(`Say who signs in: npm run --silent token -- <one of ${names}>`);
  if (!people.some((person) => person.signIn === signInName)) {
    return failure(`There is no sign-in "${signInName}". Choose one of: ${names}`);
  }
  const target = await readStackFile(stateFolder);
  if (!target) return failure(NOT_RUNNING);
  try {
    const { accessToken } = await signIn(target, signInName);
    return { stdout: `${accessToken}\n`, stderr: "", exitCode: 0 };
  } catch (error) {
    return failure(isConnectionRefused(error) ? NOT_RUNNING : (error as Error).message);
  }
}

const NOT_RUNNING = "Portal Sync is not running here: start it with npm start";

function failure(sentence: string): CommandResult {
  return { stdout: "", stderr: `${sentence}\n`, exitCode: 1 };
}

/** What the start script wrote; undefined when there is no such file or it is not (yet) complete. */
async function readStackFile(folder: string): Promise<SignInTarget | undefined> {
  const text = await readFile(join(folder, "stack.json"), "utf8").catch(() => "null");
  try {
    return StackFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A stack that was killed leaves its file behind: then nothing listens where the file says. */
function isConnectionRefused(error: unknown): boolean {
  const cause = error instanceof TypeError ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}
