/** What the supervisor and the app's process say to each other over Node's process channel. */

import type { Cors } from "./settings/localSettings.ts";

/** The first message to the app's process: everything it has to know. */
export interface StartMessage {
  type: "start";
  appDirectory: string;
  stateDirectory: string | null;
  cors: Cors | null;
  /** The key that functions with an authLevel ask for; null lets everyone in. */
  authKey: string | null;
  clockOffsetMs: number;
}

/** A client's connection, whose socket travels with this message. */
export interface ConnectionMessage {
  type: "connection";
  id: number;
}

/** Finish what runs and exit. */
export interface DrainMessage {
  type: "drain";
  /** How long running invocations may take to end. */
  patienceMs: number;
}

export type ToApp = StartMessage | ConnectionMessage | DrainMessage;

/** One line of the table that shows what the app has. */
export interface FunctionLine {
  name: string;
  /** `GET,POST http://…`, `queue …`, `every …`. */
  trigger: string;
}

/** All functions are loaded; connections may come. */
export interface ReadyMessage {
  type: "ready";
  functions: FunctionLine[];
  /** Null for no limit. */
  functionTimeoutMs: number | null;
  /** The app's own sources and settings files. */
  files: string[];
}

/** The app cannot be started; a person has to act. */
export interface FailedMessage {
  type: "failed";
  problem: string;
  files: string[];
}

/** This connection is served now. */
export interface TakenMessage {
  type: "taken";
  id: number;
}

/** Sent every second, so that a blocked event loop is noticed as well. */
export interface AliveMessage {
  type: "alive";
  /** The invocation that runs for the longest time. */
  oldest: { functionName: string; runningMs: number } | null;
}

/** The clock was shifted; the supervisor hands the offset to the next process. */
export interface ClockMessage {
  type: "clock";
  offsetMs: number;
}

export type FromApp = ReadyMessage | FailedMessage | TakenMessage | AliveMessage | ClockMessage;
