import type { ProcessUsage } from "../../local/functions-host/protocol.ts";

/**
 * Asks the functions host about the processes that run the functions; waits while one of them is being started.
 * Throws after the time is up.
 */
export async function hostProcesses(functionsUrl: string, timeoutMs = 60_000): Promise<ProcessUsage[]> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      const response = await fetch(`${functionsUrl}/admin/host/status`, {
        headers: { connection: "close" },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const { state, local } = (await response.json()) as {
        state: string;
        local: { processes: ProcessUsage[] };
      };
      if (state === "Running") return local.processes;
    } catch (error) {
      // The process may have ended while it was asked.
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline) throw new Error("The functions are still not running.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** User and system time that all of them together have used so far, in milliseconds. */
export async function hostCpuMs(functionsUrl: string): Promise<number> {
  const processes = await hostProcesses(functionsUrl);
  return processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Kills them all with `kill -9`; waits first until all of them run. */
export async function killHostProcesses(functionsUrl: string): Promise<void> {
  for (const { pid } of await hostProcesses(functionsUrl)) process.kill(pid, "SIGKILL");
}
