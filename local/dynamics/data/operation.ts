import type { Message } from "../context/description.ts";
import type { Value } from "./columns.ts";
import type { Caller } from "./environment.ts";
import type { Row } from "./store.ts";

/** A write that happened: what webhook steps are told about. */
export type Operation = {
  table: string;
  message: Message;
  id: string;
  caller: Caller;
  /** When, to the second: the row's `modifiedon`. */
  at: Date;
  /** What the caller submitted. */
  submitted: Record<string, Value>;
  /** What the platform added: defaults, computed columns, who and when. */
  added: Record<string, Value>;
  before?: Row;
  after?: Row;
  related?: { relationship: string; rows: { table: string; id: string }[] };
};
