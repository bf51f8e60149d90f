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
/** A connection that comes back sooner than this, in milliseconds, is not worth a line. */
const PATIENCE_MS = 1000;

/** One log per namespace; `namespace` is how messages name it. `now` is in milliseconds. */
export function createTroubleLog(namespace: string, log: Log, now: () => number): TroubleLog {
  const troubles = new Map<string, { since: number; logged: boolean }>();
  return {
    failed(entity, error) {
      const { code, message } = reasonOf(error);
      if (code !== undefined && MESSAGE_FAULTS.has(code)) return;
      const subject = code !== undefined && ENTITY_FAULTS.has(code) ? entity : namespace;
      const trouble = troubles.get(subject) ?? { since: now(), logged: false };
      troubles.set(subject, trouble);
      if (trouble.logged || now() - trouble.since < PATIENCE_MS) return;
      trouble.logged = true;
      log("warning", `Service Bus ${subject} does not answer (${message}). Trying again until it does.`);
    },
    works(entity) {
      for (const subject of [namespace, entity]) {
        if (troubles.get(subject)?.logged) log("information", `Service Bus ${subject} answers again.`);
        troubles.delete(subject);
      }
    },
  };
}

function reasonOf(error: unknown): { code: string | undefined; message: string } {
  const single = error instanceof AggregateError ? (error.errors.at(-1) as unknown) : error;
  const { code, message } = single as { code?: string; message?: string };
  return { code, message: (message ?? String(single)).split("\n")[0]! };
}
