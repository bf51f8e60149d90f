import { parseArgs } from "node:util";
import { root } from "../scripts/run.ts";
import { claimFolder, emptyFolder, requireOwnFolder } from "./stack/claimFolder.ts";
import { fixedPorts, requireFreePorts } from "./stack/fixedPorts.ts";
import type { FixedPorts } from "./stack/fixedPorts.ts";
import { appApart, stateFolder } from "./stack/options.ts";
import { forgetHalfHistory, seedHistory } from "./stack/seedHistory.ts";
import { startStack } from "./stack/stack.ts";
import { printWelcome } from "./stack/welcome.ts";

const usage = `npm start                 start the embedded stack
npm start -- --reset      the same, from an empty state
npm start -- --dev        the same, with hot reload of the web portal
PORTAL_PORT and FUNCTIONS_PORT change the two fixed ports (5173 and 7071).`;

const began = Date.now();

/** Aborted by what ends this process: a signal, or the sentence of a part that ended by itself. */
const ending = new AbortController();
const asked = new Error("Asked to stop.");
const ended = new Promise<never>((_, reject) => {
  ending.signal.addEventListener("abort", reject);
});
ended.catch(() => {});

/** Claims the folder, runs everything in it, and gives it back whatever happens. */
async function start(): Promise<void> {
  const { values } = parseArgs({
    options: { reset: { type: "boolean" }, dev: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return console.log(usage);
  const ports = fixedPorts(process.env);
  const folder = stateFolder();
  if (values.reset) requireOwnFolder(folder);
  const release = claimFolder(folder);
  try {
    await requireFreePorts(ports);
    if (values.reset) emptyFolder(folder);
    if (forgetHalfHistory(folder)) say("The last start did not finish the history: it begins anew.");
    await run(folder, ports, values.dev ?? false);
  } finally {
    release();
  }
}

/** Runs the stack until something ends it; nothing of it is left then. */
async function run(folder: string, ports: FixedPorts, dev: boolean): Promise<never> {
  const stack = await startStack({
    stateFolder: folder,
    portalPort: ports.PORTAL_PORT,
    functionsPort: ports.FUNCTIONS_PORT,
    inMemory: false,
    dev,
    watch: true,
    app: root,
    apart: appApart,
    settings: {},
    signal: ending.signal,
    onProgress: (step) => say(`Starting ${step} …`),
    onFailure: (sentence) => ending.abort(new Error(sentence)),
  });
  try {
    await Promise.race([ended, seedHistory(stack, folder, say)]);
    printWelcome(stack);
    return await ended;
  } finally {
    await stack.stop();
  }
}

function say(step: string): void {
  if (ending.signal.aborted) return;
  console.log(`[${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s] ${step}`);
}

function sentence({ code, message }: NodeJS.ErrnoException): string {
  if (code === "EACCES" || code === "EPERM")
    return `Portal Sync may not write here: ${message}. Give yourself the permission for the folder, or set PORTAL_SYNC_STATE to another one.`;
  return message;
}

// Who closes the terminal no longer reads: that must not keep the stack from stopping in order.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (!ending.signal.aborted) console.log("\nStopping …");
    ending.abort(asked);
  });
try {
  await start();
} catch (error) {
  const why: unknown = ending.signal.aborted ? ending.signal.reason : error;
  if (why !== asked) console.error(sentence(why as Error));
  process.exitCode = why === asked ? 0 : 1;
}
process.exit();
