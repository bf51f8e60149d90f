import type fc from "fast-check";
import type { Sleep } from "../../platform/sleep.ts";
import { StorageFault } from "../../platform/storage/table.ts";
import type { RangeResult, Table } from "../../platform/storage/table.ts";
import type { ModelTable } from "./modelTable.ts";

/**
 * What befalls one request.
 * - `lostRequest`: it never arrives. - `lostAnswer`: it is done, the answer is lost. - `late`: the caller gives up and
 *   it is done some time later, or fails then. - `busy`: refused with 503, nothing is done.
 * - `noIndex`: should it fail, the answer does not say at which write. - `shortPage`: a range comes back with fewer rows
 *   and a continuation.
 * - `crashBefore`, `crashAfter`, `crashLate`: the process ends before it is done, after, or before a late arrival.
 */
export type NetworkFault =
  | "none"
  | "lostRequest"
  | "lostAnswer"
  | "late"
  | "busy"
  | "noIndex"
  | "shortPage"
  | "crashBefore"
  | "crashAfter"
  | "crashLate";

/** All of them, to choose from. */
export const networkFaults: readonly NetworkFault[] = [
  "none",
  "lostRequest",
  "lostAnswer",
  "late",
  "busy",
  "noIndex",
  "shortPage",
  "crashBefore",
  "crashAfter",
  "crashLate",
];

/** One process's connection to the model table. After a crash nothing it asked for is ever answered. */
export interface Connection {
  table: Table;
  crashed: Promise<void>;
}

/** What happens between a process and the model table. */
interface Network {
  /** Decides when the next thing happens. */
  delay(what: string): Promise<unknown>;
  /** What befalls the next request. */
  fault(): NetworkFault;
}

/** A network where the scheduler decides when things happen, and faults befall requests one after the other; with a pause. */
export function scheduledNetwork({ scheduler, faults }: { scheduler: fc.Scheduler; faults: NetworkFault[] }) {
  const fault = faults.values();
  const delay = (what: string) => scheduler.schedule(Promise.resolve(), what);
  return {
    delay,
    fault: () => fault.next().value ?? "none",
    sleep: () => delay("a pause"),
  } satisfies Network & { sleep: Sleep };
}

/** Connects a process with the model table. */
export function connect(model: ModelTable, network: Network): Connection {
  const crash = Promise.withResolvers<void>();
  const never = new Promise<never>(() => {});
  let dead = false;
  const die = () => {
    dead = true;
    crash.resolve();
    return never;
  };
  const ambiguous = (what: string) => new StorageFault("ambiguous", null, what);

  async function request<T>(what: string, act: () => T, shorten: (answer: T) => T): Promise<T> {
    if (dead) return never;
    const fault = network.fault();
    await network.delay(`${what} is sent`);
    if (fault === "crashBefore") return die();
    if (fault === "lostRequest") throw ambiguous("The request was lost.");
    if (fault === "busy") throw ambiguous("503 ServerBusy");
    if (fault === "late" || fault === "crashLate") {
      void arriveLate(what, act);
      if (fault === "crashLate") return die();
      throw ambiguous("The request timed out.");
    }
    let answer: T | StorageFault;
    try {
      answer = act();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      answer = fault === "noIndex" ? new StorageFault(error.kind, null, error.message) : error;
    }
    if (fault === "crashAfter") return die();
    await network.delay(`${what} is answered`);
    if (dead) return never;
    if (fault === "lostAnswer") throw ambiguous("The answer was lost.");
    if (answer instanceof StorageFault) throw answer;
    return fault === "shortPage" ? shorten(answer) : answer;
  }

  async function arriveLate(what: string, act: () => unknown): Promise<void> {
    await network.delay(`${what} arrives late`);
    try {
      act();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
    }
  }

  const table: Table = {
    submit: (writes) => request("submit", () => model.submit(writes), same),
    get: (partitionKey, rowKey, select) =>
      request("get", () => model.get(partitionKey, rowKey, select), same),
    range: (range) => request("range", () => model.range(range), shortened),
  };
  return { table, crashed: crash.promise };
}

function same<T>(answer: T): T {
  return answer;
}

/** Half of a page, which may be nothing, and where to go on. */
function shortened({ rows, continuation }: RangeResult): RangeResult {
  const kept = Math.floor(rows.length / 2);
  const next = rows[kept];
  return next ? { rows: rows.slice(0, kept), continuation: next.rowKey } : { rows, continuation };
}
