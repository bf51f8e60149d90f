import type { AmqpError } from "./amqp/rhea.ts";

/** Where a fault strikes. */
type FaultPoint = "send" | "settle" | "management" | "attach" | "cbs";

/** A fault to inject: the next `times` operations of this kind fail with an AMQP error condition. */
export type Fault = {
  op: FaultPoint;
  /** The address it strikes, as clients name it; all addresses when left out. */
  entity?: string;
  /** How often; once when left out. */
  times?: number;
  /** For instance `com.microsoft:server-busy`. */
  condition: string;
  description?: string;
};

/** The faults that wait to strike. */
export type FaultQueue = {
  push: (fault: Fault) => void;
  /** Takes the fault for an operation, or undefined. */
  take: (op: FaultPoint, entity: string) => AmqpError | undefined;
  clear: () => void;
};

/** Creates an empty set of faults: then nothing is disturbed. */
export function createFaultQueue(): FaultQueue {
  let waiting: (Fault & { times: number })[] = [];

  return {
    push: (fault) => waiting.push({ ...fault, times: fault.times ?? 1 }),
    take(op, entity) {
      if (waiting.length === 0) return undefined;
      const strikes = (fault: Fault) =>
        fault.op === op &&
        (fault.entity === undefined || fault.entity.toLowerCase() === entity.toLowerCase());
      const fault = waiting.find(strikes);
      if (!fault) return undefined;
      fault.times -= 1;
      if (fault.times <= 0) waiting = waiting.filter((other) => other !== fault);
      const description = fault.description ?? `The fault ${fault.condition} was injected.`;
      return { condition: fault.condition, description };
    },
    clear() {
      waiting = [];
    },
  };
}
