import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { markStopped, readStackFile } from "./stackFile.ts";

/** The file whose lock says that a stack uses the folder. The operating system gives it back however the process ends. */
const lockName = "lock";
const busy = 5;

/** Gives the folder to this process alone until the returned function is called. Throws a sentence when another stack has it. */
export function claimFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, lockName);
  // SQLite would not say that this is what is wrong.
  accessSync(existsSync(file) ? file : folder, constants.W_OK);
  const lock = new DatabaseSync(file);
  try {
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== busy) throw error;
    throw new Error(whoHas(folder), { cause: error });
  }
  markStopped(folder);
  return () => {
    markStopped(folder);
    lock.close();
  };
}

function whoHas(folder: string): string {
  const running = readStackFile(folder);
  return running?.pid
    ? `Portal Sync is running here already (process ${running.pid}): open ${running.portalUrl}, or stop it first.`
    : "Portal Sync is being started here already: wait until it is ready, or stop it first.";
}

/** Throws a sentence when the folder holds something and no stack was ever started there. */
export function requireOwnFolder(folder: string): void {
  if (!existsSync(folder)) return;
  const names = readdirSync(folder);
  if (names.length === 0 || names.includes(lockName) || names.includes("stack.json")) return;
  throw new Error(
    `${folder} is not a folder of Portal Sync: nothing was removed. Remove it yourself if you mean it.`,
  );
}

/** Removes all that is kept in a claimed folder. */
export function emptyFolder(folder: string): void {
  for (const name of readdirSync(folder))
    if (name !== lockName) rmSync(join(folder, name), { recursive: true, force: true });
}
