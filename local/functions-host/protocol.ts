/** What the supervisor and the app's process say to each other over Node's process channel. */

import type { Cors } from "./settings/localSettings.ts";

/**
 * What a process runs. Without `apart` one process runs all. With it the HTTP functions share a process, each of the
 * named functions has one of its own, and all others behind queues and timers share one.
 */
export interface Share {
  apart: readonly string[] | null;
  /** `http`, `others`, or one of the names in `apart`; `all` when that is null. */
  part: string;
}

/** The first message to the app's process: everything it has to know. */
export interface StartMessage {
  type: "start";
  share: Share;
  appDirectory: string;
  stateDirectory: string | null;
  cors: Cors | null;
  /** The key that functions with an authLevel ask for; null lets everyone in. */
  authKey: string | null;
  clockOffsetMs: number;
}

/** A client's connection, whose socket travels with this message. */
interface ConnectionMessage {
  type: "connection";
  id: number;
}

/** Finish what runs and exit. */
interface DrainMessage {
  type: "drain";
  /** How long running invocations may take to end. */
  patienceMs: number;
}

/** What one process of the app has every process do, itself included. */
export type Question =
  | { about: "usage" }
  /** Every clock is to be ahead of the real one by so much. */
  | { about: "clock"; offsetMs: number };

/** What a process has used since it began. Each answers a question with it, once it has done what it says. */
export interface ProcessUsage {
  pid: number;
  /** User and system time. */
  cpuMs: number;
  rssBytes: number;
}

/** Asks every process of the app that runs now. */
export type AskAll = (question: Question) => Promise<Omit<AnswersMessage, "type" | "id">>;

/** A question to this process. */
export interface AskMessage {
  type: "ask";
  id: number;
  question: Question;
}

/** What all processes answered to a question of this one. */
export interface AnswersMessage {
  type: "answers";
  id: number;
  usages: ProcessUsage[];
  /** False while one of the processes is being started. */
  complete: boolean;
}

export type ToApp = StartMessage | ConnectionMessage | DrainMessage | AskMessage | AnswersMessage;

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
interface TakenMessage {
  type: "taken";
  id: number;
}

/** How often the app's process says that its event loop turns. */
export const ALIVE_MS = 1000;

/** Sent every {@link ALIVE_MS}, so that a blocked event loop is noticed as well. */
interface AliveMessage {
  type: "alive";
  /** The invocation that runs for the longest time. */
  oldest: { functionName: string; runningMs: number } | null;
}

/** Answers an {@link AskMessage}. */
interface AnswerMessage {
  type: "answer";
  id: number;
  usage: ProcessUsage;
}

/** Puts a question to every process of the app. */
interface AskAllMessage {
  type: "askAll";
  id: number;
  question: Question;
}

export type FromApp =
  | ReadyMessage
  | FailedMessage
  | TakenMessage
  | AliveMessage
  | AnswerMessage
  | AskAllMessage;
