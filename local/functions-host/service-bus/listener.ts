/** A running trigger. */
export interface Listener {
  /** Takes no more messages, lets the running ones end, and gives back what did not run. */
  stop: () => Promise<void>;
}

/** A trigger for as long as its link lives. */
export interface LinkListener extends Listener {
  /** Resolves with the reason, if there is one, when the link is gone. */
  lost: Promise<unknown>;
}
