import type { Stack } from "../../local/stack/stack.ts";
import { hostStatus } from "../stack/hostStatus.ts";

/** When the stack is disturbed, as a share of the deliveries. */
export interface Disturbance {
  /** Which process is killed. */
  what: "functions" | "broker";
  /** 0 to 1. */
  at: number;
}

/**
 * Spreads the kills over a run. The last one of the functions comes after everything was sent, while the queues are
 * still being worked off.
 */
export function planDisturbances(functionsKills: number, brokerKills: number): Disturbance[] {
  const functions = Array.from({ length: functionsKills }, (_, index) => ({
    what: "functions" as const,
    at: (index + 1) / functionsKills,
  }));
  const broker = Array.from({ length: brokerKills }, (_, index) => ({
    what: "broker" as const,
    at: (index + 0.7) / brokerKills,
  }));
  return [...functions, ...broker].toSorted((a, b) => a.at - b.at);
}

/** Carries out the disturbances as the run gets to them; `progress` is the share of the deliveries that have ended. */
export async function disturb(
  stack: Stack,
  disturbances: readonly Disturbance[],
  progress: () => number,
  say: (what: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const { what, at } of disturbances) {
    while (progress() < at) {
      signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    if (what === "broker") {
      say("broker killed");
      await stack.restartServiceBus();
      continue;
    }
    // Asking for the process waits for the one that replaces the last victim, so every kill hits a running app.
    const { pid } = await hostStatus(stack.functionsUrl);
    process.kill(pid, "SIGKILL");
    say("functions killed");
  }
}
