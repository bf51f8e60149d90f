import { parseArgs } from "node:util";
import { root } from "../scripts/run.ts";
import { printWelcome } from "./stack/welcome.ts";
import { appApart, stateFolder } from "./stack/options.ts";
import { isFree } from "./stack/ports.ts";
import { seedHistory } from "./stack/seedHistory.ts";
import { startStack } from "./stack/stack.ts";
import { markStopped, resetState, runningStack } from "./stack/stackFile.ts";

const usage = `npm start                 start the embedded stack
npm start -- --reset      the same, from an empty state
npm start -- --dev        the same, with hot reload of the web portal
PORTAL_PORT and FUNCTIONS_PORT change the two fixed ports (5173 and 7071).`;

/** Ends with one sentence that says what to do. */
class StartProblem extends Error {}

function portFrom(name: string, fallback: number): number {
  const port = Number(process.env[name] ?? fallback);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new StartProblem(`${name}=${process.env[name]} is not a port: use a number from 1 to 65535.`);
}

async function requireFree(name: string, port: number): Promise<number> {
  if (await isFree(port)) return port;
  throw new StartProblem(
    `Port ${port} is in use: stop what uses it, or choose another one with ${name}=${port + 1} npm start.`,
  );
}

async function start(): Promise<void> {
  const { values } = parseArgs({
    options: { reset: { type: "boolean" }, dev: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return console.log(usage);
  const folder = stateFolder();
  if (values.reset) resetState(folder);
  const running = runningStack(folder);
  if (running)
    throw new StartProblem(
      `Portal Sync is running here already (process ${running.pid}): open ${running.portalUrl}.`,
    );

  const began = Date.now();
  const stack = await startStack({
    stateFolder: folder,
    portalPort: await requireFree("PORTAL_PORT", portFrom("PORTAL_PORT", 5173)),
    functionsPort: await requireFree("FUNCTIONS_PORT", portFrom("FUNCTIONS_PORT", 7071)),
    inMemory: false,
    dev: values.dev ?? false,
    watch: true,
    app: root,
    apart: appApart,
    settings: {},
    onProgress: (step) => console.log(`[${seconds(began)}] Starting ${step} …`),
    onFailure: (sentence) => {
      console.error(sentence);
      void stop(1);
    },
  });

  let stopping = false;
  async function stop(code: number): Promise<void> {
    if (stopping) return;
    stopping = true;
    console.log("\nStopping …");
    await stack.stop();
    markStopped(folder);
    process.exit(code);
  }
  process.on("SIGINT", () => void stop(0));
  process.on("SIGTERM", () => void stop(0));

  await seedHistory(stack, folder, (step) => console.log(`[${seconds(began)}] ${step}`));
  printWelcome(stack);
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1).padStart(5)} s`;
}

try {
  await start();
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM")
    console.error(
      `Portal Sync may not write here: ${message}. Give yourself the permission for the folder, or set PORTAL_SYNC_STATE to another one.`,
    );
  else console.error(message);
  process.exit(1);
}
