/** The process that runs the functions, as the local functions host reports it. */
export interface HostStatus {
  pid: number;
  /** User and system time since the process began. */
  cpuMs: number;
  rssBytes: number;
}

/** Asks the functions host; waits while the process is being started. Throws after the time is up. */
export async function hostStatus(functionsUrl: string, timeoutMs = 60_000): Promise<HostStatus> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      const response = await fetch(`${functionsUrl}/admin/host/status`, {
        headers: { connection: "close" },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const { local } = (await response.json()) as { local: HostStatus };
      return local;
    } catch (error) {
      // The process may have ended while it was asked.
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
