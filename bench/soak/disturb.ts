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
 * Spreads the kills over a run. The last one comes after everything was sent, while the queues are still being worked
 * off. Messages that a killed process held wait until their locks run out, unless the broker is killed after it.
 */
export function planDisturbances(
  functionsKills: number,
  brokerKills: number,
  last: Disturbance["what"],
): Disturbance[] {
  const spread = (what: Disturbance["what"], count: number): Disturbance[] =>
    Array.from({ length: count }, (_, index) => ({
      what,
      at: what === last ? (index + 1) / count : (index + 0.6) / count,
    }));
  return [...spread("functions", functionsKills), ...spread("broker", brokerKills)].toSorted((a, b) => a.at - b.at);
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
