import { join } from "node:path";
import { root } from "../../scripts/run.ts";

/** How the embedded stack is started. */
export interface StackOptions {
  /** Folder of everything that is kept. */
  stateFolder: string;
  /** Port of the web portal; null starts the stack without it. 0 = any free port. */
  portalPort: number | null;
  functionsPort: number;
  /** Nothing is kept: for tests and benchmarks. */
  inMemory: boolean;
  /** Serve the web portal from its sources with hot reload, not built. */
  dev: boolean;
  /** Restart the functions when their source changes. */
  watch: boolean;
  /** Folder of the Functions app; the repository itself unless a benchmark compares another. */
  app: string;
  /** Functions of the app that run in processes of their own; null runs all functions in one. */
  apart: readonly string[] | null;
  /** Settings of the app beside those that the stack makes. */
  settings: Record<string, string>;
  /** Ends the start: what was started by then is stopped. */
  signal: AbortSignal;
  /** Told of each step of the start. */
  onProgress: (step: string) => void;
  /** Told when a part that served ends without being asked. */
  onFailure: (sentence: string) => void;
}

/** What of the app runs apart: an organization's burst holds up neither the door nor the others' events. */
export const appApart = ["processBulk"];

/** Options of a stack that keeps nothing and takes any free ports. */
export function temporaryStack(stateFolder: string): StackOptions {
  return {
    stateFolder,
    portalPort: 0,
    functionsPort: 0,
    inMemory: true,
    dev: false,
    watch: false,
    app: root,
    apart: appApart,
    settings: {},
    signal: new AbortController().signal,
    onProgress: () => {},
    onFailure: (sentence) => {
      throw new Error(sentence);
    },
  };
}

/** Folder of the state of `npm start`; `PORTAL_SYNC_STATE` moves it. */
export function stateFolder(): string {
  return process.env.PORTAL_SYNC_STATE ?? join(root, ".local");
}
