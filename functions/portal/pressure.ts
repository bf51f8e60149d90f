/**
 * How busy the door is in this process, so that processing stands back while many webhooks wait for their answer:
 * what is accepted lies safely in the queue, and Dynamics gives up on what is not. Where Azure runs the two on
 * instances of their own, there is never any pressure.
 */
export interface Pressure {
  /** Counts a webhook until its answer is known. */
  track<T>(answer: Promise<T>): Promise<T>;
  /** Resolves when few webhooks wait, at once if that is so, and in any case after half a second. */
  calm(): Promise<void>;
}

/** Webhooks that may wait for their answer without anyone standing back. */
const few = 8;
const longestMs = 500;

export function createPressure(): Pressure {
  let waiting = 0;
  const standingBack = new Set<() => void>();

  return {
    async track(answer) {
      waiting += 1;
      try {
        return await answer;
      } finally {
        waiting -= 1;
        if (waiting <= few) for (const goOn of standingBack) goOn();
      }
    },
    calm() {
      if (waiting <= few) return Promise.resolve();
      return new Promise((resolve) => {
        const goOn = () => {
          clearTimeout(patience);
          standingBack.delete(goOn);
          resolve();
        };
        const patience = setTimeout(goOn, longestMs);
        standingBack.add(goOn);
      });
    },
  };
}
