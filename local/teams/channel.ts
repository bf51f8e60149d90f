import type { AdaptiveCard } from "./adaptiveCard.ts";
import type { FlowResult } from "./workflowMessage.ts";

const KEPT_CARDS = 200;

/** One card that was accepted, whether or not it made its way into the channel. */
export type ReceivedCard = {
  /** Rises with every card, also over a restart. */
  id: number;
  /** ISO 8601, UTC. */
  receivedAt: string;
  /** Size of the message that brought it. */
  bytes: number;
  /** Why the flow failed after the sender had its 202; null when the card was posted. */
  failure: string | null;
  /** The card as Teams reads it; null when the flow failed. */
  card: AdaptiveCard | null;
  /** The card as it was sent. */
  content: object;
};

/** An answer to give in place of accepting a message. */
export type Fault = { status: number; headers: Record<string, string>; body: string };

/** The channel that the cards are posted to. It is in memory: a restart empties it. */
export type Channel = {
  /** Accepted cards, newest first; the last 200. */
  cards(): ReceivedCard[];
  post(results: FlowResult[], bytes: number): void;
  /** The next `times` calls of the webhook are answered with the fault. */
  failNext(times: number, fault: Fault): void;
  /** The fault for the call at hand, if one was ordered; each is given once. */
  takeFault(): Fault | undefined;
};

/** Opens an empty channel. `clock` gives epoch milliseconds. */
export function openChannel(clock: () => number): Channel {
  let cards: ReceivedCard[] = [];
  let faults: Fault[] = [];
  return {
    cards: () => cards,
    post: (results, bytes) => {
      for (const result of results) {
        const now = clock();
        const id = Math.max(now, (cards[0]?.id ?? 0) + 1);
        const received = { id, receivedAt: new Date(now).toISOString(), bytes, ...result };
        cards = [received, ...cards].slice(0, KEPT_CARDS);
      }
    },
    failNext: (times, fault) => {
      faults = [...faults, ...Array.from({ length: times }, () => fault)];
    },
    takeFault: () => faults.shift(),
  };
}
