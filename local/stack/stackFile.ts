import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What `stack.json` says of a running stack: where its parts are, for the other commands and the next start. */
export interface StackFile {
  /** The process of the stack; 0 when none serves. */
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
