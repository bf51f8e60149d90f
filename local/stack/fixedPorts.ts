import { freePort, portFault } from "./ports.ts";

/** The two ports that people type, by the name of the variable that changes each. */
export type FixedPorts = Record<keyof typeof usual, number>;

const usual = { PORTAL_PORT: 5173, FUNCTIONS_PORT: 7071 };
const names = ["PORTAL_PORT", "FUNCTIONS_PORT"] as const;

/** The ports that the environment chooses. Throws a sentence when they cannot be meant. */
export function fixedPorts(env: NodeJS.ProcessEnv): FixedPorts {
  const ports = { ...usual };
  for (const name of names) {
    ports[name] = Number(env[name] ?? usual[name]);
    if (!Number.isInteger(ports[name]) || ports[name] < 1 || ports[name] > 65535)
      throw new Error(`${name}=${env[name]} is not a port: use a number from 1 to 65535.`);
  }
  if (ports.PORTAL_PORT === ports.FUNCTIONS_PORT)
    throw new Error(
      `PORTAL_PORT and FUNCTIONS_PORT are both ${ports.PORTAL_PORT}: choose two different ports, the usual ones are 5173 and 7071.`,
    );
  return ports;
}

/** Throws a sentence that names another port when one of them cannot be had. */
export async function requireFreePorts(ports: FixedPorts): Promise<void> {
  for (const name of names) {
    const fault = await portFault(ports[name]);
    if (fault !== null)
      throw new Error(faultSentence(fault, name, ports[name], await otherPort(name, ports)));
  }
}

/** What to do about a port that cannot be had. */
export function faultSentence(fault: string, name: string, port: number, other: number): string {
  const instead = `choose another one with ${name}=${other} npm start.`;
  if (fault === "EADDRINUSE") return `Port ${port} is in use: stop what uses it, or ${instead}`;
  if (fault === "EACCES") return `Port ${port} is not for ordinary users: ${instead}`;
  return `Port ${port} cannot be opened (${fault}): ${instead}`;
}

/** A free port: the next one when that is free, or the usual one where the next would be refused as well. */
function otherPort(name: keyof FixedPorts, ports: FixedPorts): Promise<number> {
  const next = ports[name] < 1024 ? usual[name] : ports[name] + 1;
  return freePort(next > 65535 || Object.values(ports).includes(next) ? undefined : next);
}
