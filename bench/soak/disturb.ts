import type { Stack } from "../../local/stack/stack.ts";
import { killHostProcesses } from "../stack/hostStatus.ts";

/** When the stack is disturbed, as a share of the deliveries (0 to 1). */
export interface Disturbance {
  /** A process that is killed, or storage that goes away for a while. */
  what: "functions" | "broker" | "storage";
  at: number;
}

/** How often each part is disturbed. */
export interface Kills {
  functions: number;
  broker: number;
  /** Times that storage goes away and comes back. */
  storage: number;
  /** Which kill comes last, after everything was sent. */
  last: "functions" | "broker";
}

/** Storage comes back when another twentieth of the deliveries was accepted without it, or after this time. */
const storageShare = 0.05;
const longestOutageMs = 20_000;

/**
 * Spreads the disturbances over a run. The last one comes after everything was sent, while the queues are still being
 * worked off. Messages that a killed process held wait until their locks run out, unless the broker is killed after it.
 */
export function planDisturbances(kills: Kills): Disturbance[] {
  const spread = (what: "functions" | "broker"): Disturbance[] =>
    Array.from({ length: kills[what] }, (_, index) => ({
      what,
      at: what === kills.last ? (index + 1) / kills[what] : (index + 0.6) / kills[what],
    }));
  const storage = Array.from({ length: kills.storage }, (_, index) => ({
    what: "storage" as const,
    at: (index + 0.5) / kills.storage,
  }));
  return [...spread("functions"), ...spread("broker"), ...storage].toSorted((a, b) => a.at - b.at);
}

/** What the disturbances work on. */
interface DisturbOptions {
  stack: Stack;
  /** The share of the deliveries that have ended. */
  progress: () => number;
  say: (what: string) => void;
  signal: AbortSignal;
}

/** Carries out the disturbances one after the other, as the run gets to them. */
export async function disturb(options: DisturbOptions, disturbances: readonly Disturbance[]): Promise<void> {
  for (const { what, at } of disturbances) {
    await reach(options, at);
    options.say(what === "storage" ? "storage goes away" : `${what} killed`);
    if (what === "functions") await killHostProcesses(options.stack.functionsUrl);
    else if (what === "broker") await options.stack.restartServiceBus();
    else await withoutStorage(options);
  }
}

async function withoutStorage(options: DisturbOptions): Promise<void> {
  const giveBack = await options.stack.pauseStorage();
  try {
    await reach(options, Math.min(1, options.progress() + storageShare), longestOutageMs);
  } finally {
    await giveBack();
    options.say("storage is back");
  }
}

/** Resolves when the run has come so far, or after the time is up. */
async function reach(
  { progress, signal }: DisturbOptions,
  share: number,
  timeoutMs = Number.POSITIVE_INFINITY,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (progress() < share && Date.now() < deadline) {
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
