import type { TimerTrigger } from "../core/triggers.ts";
import type { ScheduleMonitor } from "./scheduleStatus.ts";

/** A scheduled timer function. */
export interface TimerListener {
  /** Computes anew when it is due, because the clock was shifted. */
  reschedule: () => void;
  stop: () => Promise<void>;
}

/** What a timer needs; `now` follows the (possibly shifted) clock. */
interface TimerOptions {
  functionName: string;
  trigger: TimerTrigger;
  monitor: ScheduleMonitor;
  now: () => Date;
  /** Runs the function; must not reject. */
  run: (isPastDue: boolean) => Promise<void>;
}

/** Longer waits than a timer of Node can hold are cut into pieces. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Runs a timer function on its schedule, never two runs at once: the next one is computed when a run has
 * ended. A monitored timer whose due time passed while the app was down runs once at the start, past due.
 */
export function listenToTimer({ functionName, trigger, monitor, now, run }: TimerOptions): TimerListener {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  function schedule(): void {
    clearTimeout(timer);
    if (stopped || running) return;
    const due = trigger.schedule.next(now());
    if (!due) return;
    const wait = due.getTime() - now().getTime();
    timer = setTimeout(() => (now() >= due ? fire(false, due) : schedule()), Math.min(wait, LONGEST_WAIT_MS));
  }

  function fire(isPastDue: boolean, due: Date): void {
    clearTimeout(timer);
    running = runAndGoOn(isPastDue, due);
  }

  async function runAndGoOn(isPastDue: boolean, due: Date): Promise<void> {
    await run(isPastDue);
    running = undefined;
    record(due);
    schedule();
  }

  function record(last: Date): void {
    const next = trigger.schedule.next(now());
    if (!trigger.useMonitor || !next) return;
    monitor.set(functionName, {
      last: last.toISOString(),
      next: next.toISOString(),
      lastUpdated: now().toISOString(),
    });
  }

  const missed = trigger.useMonitor ? monitor.get(functionName)?.next : undefined;
  const isPastDue = missed !== undefined && new Date(missed) < now();
  if (isPastDue || trigger.runOnStartup) fire(isPastDue, isPastDue ? new Date(missed) : now());
  else schedule();

  return {
    reschedule: schedule,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
