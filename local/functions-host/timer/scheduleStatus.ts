import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/** When a timer ran last and when it is due next; ISO times in UTC. */
export interface ScheduleStatus {
  last: string;
  next: string;
  lastUpdated: string;
}

/** Keeps the status of every monitored timer, across restarts when there is a state directory. */
export interface ScheduleMonitor {
  get: (functionName: string) => ScheduleStatus | undefined;
  set: (functionName: string, status: ScheduleStatus) => void;
}

/** Without a directory the status lives as long as the process. A file that cannot be read counts as none. */
export function createScheduleMonitor(stateDirectory: string | undefined): ScheduleMonitor {
  const file = stateDirectory === undefined ? undefined : path.join(stateDirectory, "timers.json");
  const statuses = new Map<string, ScheduleStatus>(Object.entries(file ? read(file) : {}));
  return {
    get: (functionName) => statuses.get(functionName),
    set(functionName, status) {
      statuses.set(functionName, status);
      if (!file) return;
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(statuses), undefined, 2));
      renameSync(`${file}.new`, file);
    },
  };
}

function read(file: string): Record<string, ScheduleStatus> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, ScheduleStatus>;
  } catch {
    return {};
  }
}
