import type { Outcome, Properties } from "../queue/message.ts";
import type { Delivery } from "./rhea.ts";

/** The delivery states with which a receiver settles. */
export const OUTCOME_EVENTS = ["accepted", "rejected", "modified", "released"] as const;

/** How a receiver's delivery state settles a message in Service Bus. */
export function outcomeOf(event: (typeof OUTCOME_EVENTS)[number], state: Delivery["remote_state"]): Outcome {
  switch (event) {
    case "accepted":
      return { kind: "complete" };
    case "released":
      return { kind: "abandon" };
    case "modified": {
      const kind = state?.undeliverable_here ? "defer" : "abandon";
      return { kind, properties: state?.message_annotations };
    }
    case "rejected": {
      const { DeadLetterReason, DeadLetterErrorDescription, ...properties } = state?.error?.info ?? {};
      return {
        kind: "deadLetter",
        reason: text(DeadLetterReason),
        description: text(DeadLetterErrorDescription),
        properties: properties satisfies Properties,
      };
    }
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
