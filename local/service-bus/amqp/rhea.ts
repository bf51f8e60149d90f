/** The parts of rhea 3.0 that a broker needs, typed here because rhea's own typings leave most of them out. */
import { createRequire } from "node:module";
import type { Server, Socket } from "node:net";

import rhea from "rhea";
import type { Typed } from "rhea";

const require = createRequire(import.meta.url);

/** AMQP types: wrappers that say how a value is encoded, and the reader and writer of encoded values. */
export const types = rhea.types as unknown as {
  wrap(value: unknown): Typed;
  wrap_string(value: string): Typed;
  wrap_symbol(value: string): Typed;
  wrap_int(value: number): Typed;
  wrap_long(value: number | Buffer): Typed;
  wrap_timestamp(value: number): Typed;
  wrap_uuid(value: Buffer): Typed;
  wrap_list(values: unknown[]): Typed;
  wrap_map(value: Record<string, unknown>): Typed;
  wrap_array(values: unknown[], typeCode: number): Typed;
  wrap_ulong(value: number): Typed;
  described(descriptor: Typed, value: Typed): Typed;
  Map32(items: Typed[]): Typed;
  List32(items: Typed[]): Typed;
  Reader: new (buffer: Buffer) => { read(): Typed };
  Writer: new () => { write(value: Typed): void; toBuffer(): Buffer };
};

/** Delivery states and message encoding. */
export const message = rhea.message as unknown as {
  encode(message: Record<string, unknown>): Buffer;
  accepted(): { described(): Typed };
  rejected(fields: { error: AmqpError }): { described(): Typed };
};

/** Frame constructors. rhea would merge settlements of different outcomes into one frame, so ours are written here. */
export const frames = require("rhea/lib/frames.js") as {
  disposition(fields: {
    role: boolean;
    first: number;
    last: number;
    settled: boolean;
    state: Typed;
  }): unknown;
};

/** An AMQP error as it goes over the wire. */
export type AmqpError = { condition: string; description: string };

/** A frame as a session receives it. */
export type Frame = {
  performative: {
    message_format?: number | undefined;
    more?: boolean;
    role?: boolean;
    first?: number;
    last?: number;
    handle?: number;
  };
};

/** One transfer in flight, in either direction. */
export type Delivery = {
  id: number;
  tag: Buffer;
  /** Null when the message is handed over undecoded. */
  format: number | null;
  settled: boolean;
  remote_settled: boolean;
  remote_state?: {
    error?: { condition: string; description?: string; info?: Record<string, unknown> };
    undeliverable_here?: boolean;
    message_annotations?: Record<string, unknown>;
  };
  data?: Buffer[];
};

/** A terminus as the peer sent it. */
type Terminus = {
  address?: string;
  filter?: Record<string, unknown>;
  described(): Typed;
};

type Emitter = { on(event: string, listener: (context: Context) => void): unknown };

/** What rhea passes to every listener. */
export type Context = {
  connection: Connection;
  session: Session;
  sender: SendingLink;
  receiver: ReceivingLink;
  delivery: Delivery;
  message: unknown;
};

type Link = Emitter & {
  name: string;
  session: Session;
  connection: Connection;
  source: Terminus | null;
  target: Terminus | null;
  properties?: Record<string, unknown>;
  snd_settle_mode?: number;
  rcv_settle_mode?: number;
  credit: number;
  delivery_count: number;
  issue_flow: boolean;
  local: {
    attach: {
      source: Typed;
      target: Typed;
      snd_settle_mode: number;
      rcv_settle_mode: number;
      max_message_size: number;
      properties: Record<string, Typed>;
    };
  };
  set_source(fields: Record<string, unknown>): void;
  close(error?: AmqpError): void;
  is_open(): boolean;
  _process(): void;
};

/** The broker's end of a link on which the client receives. */
export type SendingLink = Link & {
  send(payload: Buffer, tag: Buffer, format: number): Delivery;
  send(message: Record<string, unknown>): Delivery;
  _get_drain(): boolean;
};

/** The broker's end of a link on which the client sends. */
export type ReceivingLink = Link;

/** An AMQP session. */
export type Session = Emitter & {
  connection: Connection;
  outgoing: { available(): number; next_delivery_id: number; next_pending_delivery: number };
  on_transfer(frame: Frame): void;
  on_disposition(frame: Frame): void;
  output(frame: unknown): void;
  _get_link(frame: Frame): ReceivingLink;
};

/** An AMQP connection. */
export type Connection = Emitter & {
  socket: Socket;
  eof(): void;
  _register(): void;
  _process(): void;
};

/** The listening end. */
type Container = Emitter & {
  sasl_server_mechanisms: Record<string, unknown> & { enable_anonymous(): void };
  listen(options: Record<string, unknown>): Server;
};

/** Creates a container of its own, so that brokers in one process share nothing. */
export function createContainer(options: Record<string, unknown>): Container {
  return rhea.create_container(options);
}
