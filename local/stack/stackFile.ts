import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What `stack.json` says of a running stack: where its parts are, for the other commands and the next start. */
export interface StackFile {
  pid: number;
  /** Folder of everything that the stack keeps. */
  folder: string;
  portalUrl: string | null;
  functionsUrl: string;
  entraUrl: string;
  tenantId: string;
  clientId: string;
  dynamicsUrl: string;
  teamsUrl: string;
  serviceBusAdminUrl: string;
  /** The app's connections: for inspection with the real SDKs. */
  connections: { AzureWebJobsStorage: string; ServiceBus: string };
  ports: Record<string, number>;
}

function path(folder: string): string {
  return join(folder, "stack.json");
}

/** What the last stack of this folder wrote, running or not; null when there was none. */
export function readStackFile(folder: string): StackFile | null {
  try {
    return JSON.parse(readFileSync(path(folder), "utf8")) as StackFile;
  } catch {
    return null;
  }
}

export function writeStackFile(folder: string, content: StackFile): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path(folder), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

/** Says that no stack runs here, but keeps the ports for the next start. */
export function markStopped(folder: string): void {
  const content = readStackFile(folder);
  if (content) writeStackFile(folder, { ...content, pid: 0 });
}

/** The stack that runs in this folder, or null. */
export function runningStack(folder: string): StackFile | null {
  const content = readStackFile(folder);
  if (!content?.pid) return null;
  try {
    process.kill(content.pid, 0);
    return content;
  } catch {
    return null;
  }
}

/** Removes everything that is kept. Throws when a stack runs in the folder. */
export function resetState(folder: string): void {
  const running = runningStack(folder);
  if (running)
    throw new Error(`Portal Sync is running in this folder (process ${running.pid}): stop it first.`);
  if (existsSync(folder) && !existsSync(path(folder)))
    throw new Error(
      `${folder} is not a folder of Portal Sync: nothing was removed. Remove it yourself if you mean it.`,
    );
  rmSync(folder, { recursive: true, force: true });
}
