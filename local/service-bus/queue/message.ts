/** A message as the queues keep it. Its bytes are opaque here: only `amqp/` reads them. */
export type Message = {
  /** Given on arrival, and anew when a scheduled message becomes active; otherwise never changes. */
  sequenceNumber: number;
  state: "active" | "deferred" | "scheduled";
  readonly messageId: string;
  readonly sessionId: string | undefined;
  /** Times are milliseconds since the epoch. */
  enqueuedAt: number;
  /** When it expires; Infinity without time to live. */
  expiresAt: number;
  scheduledFor: number | undefined;
  /** How often a delivery of it has failed so far. */
  deliveryCount: number;
  content: Content;
  lock: MessageLock | undefined;
};

/** The bytes of a message, cut where the broker has to write something of its own. */
export type Content = {
  readonly durable: boolean;
  readonly priority: number | undefined;
  /** Milliseconds, as the sender asked for. */
  readonly timeToLive: number | undefined;
  /** The sender's message annotations: encoded keys and values one after the other. */
  readonly annotations: Uint8Array;
  readonly annotationCount: number;
  /** Properties, application properties, body and footer, exactly as they were sent. */
  readonly bare: Uint8Array;
};

/** What arrives at a queue. */
export type IncomingMessage = {
  readonly messageId: string;
  readonly sessionId: string | undefined;
  readonly scheduledFor: number | undefined;
  readonly content: Content;
};

/** One delivery under peek-lock that is not settled yet. */
export type MessageLock = {
  /** 16 bytes as a latin1 string: the delivery tag. */
  readonly token: string;
  readonly message: Message;
  /** When it is lost; locks within a session live as long as the session's lock instead. */
  until: number;
  readonly session: Session | undefined;
};

/** A session of a queue: its messages are handed out in order, to one holder at a time. */
export type Session = {
  readonly id: string;
  readonly waiting: Waiting;
  readonly locks: Set<MessageLock>;
  holder: SessionHolder | undefined;
  lockedUntil: number;
  state: Uint8Array | undefined;
};

/** Who holds a session's lock. */
export type SessionHolder = {
  /** The lock ended before the holder let go of it. */
  lost: () => void;
};

/** Messages that wait for a receiver, in order of sequence number. */
export type Waiting = {
  add: (message: Message) => void;
  /** Takes the first that is still to be had, or undefined. */
  take: () => Message | undefined;
  isEmpty: () => boolean;
  /** Says that one of its messages is no longer to be had. */
  left: () => void;
};

/** How a receiver settles a delivery. `properties` are merged into the application properties. */
export type Outcome =
  | { kind: "complete" }
  | { kind: "abandon"; properties?: Properties | undefined }
  | { kind: "defer"; properties?: Properties | undefined }
  | {
      kind: "deadLetter";
      reason?: string | undefined;
      description?: string | undefined;
      properties?: Properties | undefined;
    };

/** Application properties to set on a message. */
export type Properties = Record<string, unknown>;

/** Why a settlement or renewal was refused. */
export type Refusal = "messageLockLost" | "sessionLockLost" | "messageNotFound" | "notAllowed";
