import { AnswerLost, openConnection } from "../load/connection.ts";
import type { Connection } from "../load/connection.ts";
import type { SoakEvent } from "./plan.ts";

/** What the sender knows when it has sent everything. */
export interface Delivered {
  /** Events that were answered 202 at least once. */
  accepted: Set<SoakEvent>;
  /** Events whose answer was lost with its connection. Those that were not accepted as well may be recorded or not. */
  lost: Set<SoakEvent>;
  /** Deliveries that have come to an end. */
  finished: number;
  /** Answers 502, 503 and 504; such a delivery was repeated. */
  unavailable: number;
  /** Answers that must not be: any other status, or an id that is not the event's. Each with its sentence. */
  wrong: string[];
}

const connections = 32;
/** Dataverse repeats once; this sender goes on until the platform has the event. */
const retryAfterMs = 300;

/** Sends the deliveries in order over parallel connections. `delivered` is up to date all the while. */
export async function deliverAll(
  port: number,
  deliveries: readonly SoakEvent[],
  delivered: Delivered,
  signal: AbortSignal,
): Promise<void> {
  const queue = deliveries.values();
  const work = async () => {
    const connection = openConnection(port);
    for (const event of queue) {
      await deliver(connection, event, delivered, signal);
      delivered.finished += 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, work));
}

export function nothingDelivered(): Delivered {
  return { accepted: new Set(), lost: new Set(), finished: 0, unavailable: 0, wrong: [] };
}

async function deliver(
  connection: Connection,
  event: SoakEvent,
  delivered: Delivered,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const { status, body } = await connection.send(event.request);
      if (status === 202) {
        delivered.accepted.add(event);
        const { eventId } = JSON.parse(body) as { eventId: string };
        if (eventId !== event.eventId)
          delivered.wrong.push(`Event ${event.eventId} was answered as ${eventId}.`);
        return;
      }
      if (status < 502 || status > 504) {
        delivered.wrong.push(`Event ${event.eventId} was answered ${status}.`);
        return;
      }
      delivered.unavailable += 1;
    } catch (error) {
      if (!(error instanceof AnswerLost)) throw error;
      delivered.lost.add(event);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
  }
}
