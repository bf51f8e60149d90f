/** Notices an invocation that runs longer than `functionTimeout`. */
export interface TimeoutGuard {
  /** The app's process says what runs for the longest time. */
  alive: (oldest: { functionName: string; runningMs: number } | null) => void;
  stop: () => void;
}

const CHECK_MS = 1000;

/**
 * Calls `onTimeout` with a sentence when an invocation exceeds `limitMs`, or when the process was silent for
 * that long: then a function blocks its event loop. As in the host, the whole process pays for it.
 */
export function guardTimeouts(limitMs: number, onTimeout: (what: string) => void): TimeoutGuard {
  let heardAt = performance.now();
  const timer = setInterval(
    () => {
      if (performance.now() - heardAt < limitMs) return;
      end(`Timeout: the app has blocked its event loop for ${limitMs / 1000} s.`);
    },
    Math.min(CHECK_MS, limitMs),
  );
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
