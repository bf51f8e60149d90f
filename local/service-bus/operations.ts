/** What the broker counts where it reads and writes the wire: messages, and the AMQP traffic they took. */
export type Operations = {
  /** `transfers`: deliveries, a batch being one; `frames`: at most 64 KB each, as the service bills. */
  sends: { messages: number; transfers: number; frames: number };
  /** Every delivery to a receiver counts, redeliveries too. */
  received: { messages: number; transfers: number; frames: number };
  /** `frames`: disposition frames; the SDK settles a run of completed messages with one. */
  settlements: { messages: number; frames: number };
  /** Peeks, renewals, schedules, deferred receives and the like. */
  management: { calls: number };
};

/** All counters at zero. */
export function createOperations(): Operations {
  return {
    sends: { messages: 0, transfers: 0, frames: 0 },
    received: { messages: 0, transfers: 0, frames: 0 },
    settlements: { messages: 0, frames: 0 },
    management: { calls: 0 },
  };
}
