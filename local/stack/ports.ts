import { createServer } from "node:net";

/** The addresses of this machine that `localhost` may mean: the parts of the stack listen on one of them. */
const loopback = ["127.0.0.1", "::1"];

/** Why a port of this machine cannot be had at this moment; null when it can. */
export async function portFault(port: number): Promise<string | null> {
  for (const address of loopback) {
    const code = await listenFault(port, address);
    // Not every machine has IPv6.
    if (code !== null && code !== "EADDRNOTAVAIL" && code !== "EAFNOSUPPORT") return code;
  }
  return null;
}

/** Whether a port of this machine is free at this moment. */
export async function isFree(port: number): Promise<boolean> {
  return (await portFault(port)) === null;
}

/** A free port: the preferred one when it is free, so that addresses stay the same over restarts. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred && (await isFree(preferred))) return preferred;
  const port = await anyPort();
  return (await isFree(port)) ? port : freePort();
}

function listenFault(port: number, address: string): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code ?? "unknown"));
    probe.listen(port, address, () => probe.close(() => resolve(null)));
  });
}

function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
