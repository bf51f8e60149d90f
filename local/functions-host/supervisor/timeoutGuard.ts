import { ALIVE_MS } from "../protocol.ts";

/** Notices an invocation that runs longer than `functionTimeout`. */
export interface TimeoutGuard {
  /** The app's process says what runs for the longest time. */
  alive: (oldest: { functionName: string; runningMs: number } | null) => void;
  stop: () => void;
}

const CHECK_MS = 1000;

/**
 * Calls `onTimeout` with a sentence when an invocation exceeds `limitMs`, or when the process was silent for
 * longer than that: then a function blocks its event loop. As in the host, the whole process pays for it.
 */
export function guardTimeouts(limitMs: number, onTimeout: (what: string) => void): TimeoutGuard {
  // The silence began up to one report before the invocation did, and a busy machine may delay the next one.
  const silenceMs = limitMs + 2 * ALIVE_MS;
  let heardAt = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - heardAt < silenceMs) return;
    end(`Timeout: the app has blocked its event loop for ${silenceMs / 1000} s.`);
  }, CHECK_MS);
  timer.unref();

  function end(what: string): void {
    clearInterval(timer);
    onTimeout(what);
  }

  return {
    alive(oldest) {
      heardAt = performance.now();
      if (!oldest || oldest.runningMs < limitMs) return;
      end(`Timeout value of ${limitMs / 1000} s exceeded by function '${oldest.functionName}'.`);
    },
    stop: () => clearInterval(timer),
  };
}
