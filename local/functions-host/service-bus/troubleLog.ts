import type { Log } from "../core/log.ts";

/** Remembers what is out of reach, so that a loss is one line in the log and the recovery another. */
export interface TroubleLog {
  /** Something did not work. `entity` is the path of the queue or subscription that was asked. */
  failed: (entity: string, error: unknown) => void;
  /** The entity answers: whatever was wrong with it, and with the namespace, is over. */
  works: (entity: string) => void;
}

/** Faults of one entity; everything else is taken for a fault of the connection to the namespace. */
const ENTITY_FAULTS = new Set([
  "MessagingEntityNotFound",
  "MessagingEntityDisabled",
  "UnauthorizedAccess",
  "InvalidOperation",
]);
/** Faults of one message or session: it comes again, and nothing is out of reach. */
const MESSAGE_FAULTS = new Set(["MessageLockLost", "SessionLockLost", "MessageNotFound"]);
/**
 * How long a state has to last, in milliseconds, to be worth a line. A connection may come back sooner, and a
 * link to a queue that does not exist opens before it is closed with the reason.
 */
const PATIENCE_MS = 1000;

interface Trouble {
  since: number;
  logged: boolean;
  /** Runs while the subject seems to work again. */
  recovery: NodeJS.Timeout | undefined;
}

/** One log per namespace; `namespace` is how messages name it. */
export function createTroubleLog(namespace: string, log: Log): TroubleLog {
  const troubles = new Map<string, Trouble>();

  function isOver(subject: string, { logged }: Trouble): void {
    troubles.delete(subject);
    if (logged) log("information", `Service Bus ${subject} answers again.`);
  }

  return {
    failed(entity, error) {
      const { code, message } = reasonOf(error);
      if (code !== undefined && MESSAGE_FAULTS.has(code)) return;
      const subject = code !== undefined && ENTITY_FAULTS.has(code) ? entity : namespace;
      const trouble = troubles.get(subject) ?? {
        since: performance.now(),
        logged: false,
        recovery: undefined,
      };
      troubles.set(subject, trouble);
      clearTimeout(trouble.recovery);
      trouble.recovery = undefined;
      if (trouble.logged || performance.now() - trouble.since < PATIENCE_MS) return;
      trouble.logged = true;
      log("warning", `Service Bus ${subject} does not answer (${message}). Trying again until it does.`);
    },
    works(entity) {
      for (const subject of [namespace, entity]) {
        const trouble = troubles.get(subject);
        if (trouble) trouble.recovery ??= setTimeout(isOver, PATIENCE_MS, subject, trouble).unref();
      }
    },
  };
}

function reasonOf(error: unknown): { code: string | undefined; message: string } {
  const single = error instanceof AggregateError ? (error.errors.at(-1) as unknown) : error;
  const { code, message } = single as { code?: string; message?: string };
  return { code, message: (message ?? String(single)).split("\n")[0]! };
}
