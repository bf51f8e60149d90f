import { performance } from "node:perf_hooks";
import { parseContext } from "../dynamics/context.ts";
import type { DynamicsContext } from "../dynamics/context.ts";
import { DataverseFault } from "../dynamics/dataverseFault.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { outcomeCatalogue } from "../contracts/outcomes.ts";
import type { OutcomeCode } from "../contracts/outcomes.ts";
import { describeError } from "../platform/log.ts";
import type { Log } from "../platform/log.ts";
import { interpret, interpretRow } from "../records/interpret.ts";
import type { Interpretation } from "../records/interpretation.ts";
import type { MappingSet } from "../records/mapping.ts";
import { openContent } from "./eventMessage.ts";
import type { EventMessage } from "./eventMessage.ts";
import type { OversizeStore } from "./oversize.ts";
import type { ReadRow } from "./rowReader.ts";
import { step } from "./understood.ts";
import type { Understood } from "./understood.ts";

/**
 * Reads an event and says what it asks for. Whatever is wrong with the event is a decision, never a throw;
 * only storage that does not give out an oversize content throws, so that the event is delivered again.
 */
export async function understand(
  event: EventMessage,
  services: { oversize: OversizeStore; mappings: MappingSet; now: number },
  log: Log & { invocationId: string },
): Promise<Understood> {
  const steps = [
    step("received", `${event.bytes} bytes from Dynamics.`),
    step("checked", "The webhook key, the organization and the form of the event were right."),
    step(
      "queued",
      event.attempt === 1 ? "Waited in the queue." : `Attempt ${event.attempt}.`,
      "done",
      Math.max(0, services.now - event.receivedAt),
    ),
  ];
  const undone = (code: OutcomeCode, message: string): Understood => ({
    event,
    context: null,
    steps: [...steps, step("matched", message, "failed")],
    next: { decision: { outcome: "error", code, message, retryAfterMs: null } },
  });
  const content = event.content ?? (event.blob === null ? null : await services.oversize.get(event.blob));
  if (content === null) return undone("payload.lost", outcomeCatalogue["payload.lost"].whatHappened);
  let context: DynamicsContext;
  try {
    context = parseContext(openContent(content));
  } catch (error) {
    log.error(`Event ${event.eventId} cannot be read: ${describeError(error)}`);
    return undone("payload.unreadable", outcomeCatalogue["payload.unreadable"].whatHappened);
  }
  try {
    const began = performance.now();
    return settle(
      event,
      context,
      steps,
      interpret(context, services.mappings, event),
      performance.now() - began,
    );
  } catch (error) {
    return { ...undone("platform.unexpected", unexpected(event, error, log)), context };
  }
}

/** Reads the row that an event did not carry. A fault of Dynamics is a decision with the catalogue's code. */
export async function understandRow(
  understood: Understood,
  organization: StoredOrganization | null,
  services: { readRow: ReadRow; mappings: MappingSet },
  log: Log & { invocationId: string },
): Promise<Understood> {
  const { event, context, steps, next } = understood;
  if (!context || !("read" in next)) return understood;
  if (!organization?.environmentUrl)
    return decided(
      understood,
      "dynamics.notConfigured",
      outcomeCatalogue["dynamics.notConfigured"].whatHappened,
    );
  const began = performance.now();
  try {
    const row = await services.readRow(organization, next.read);
    const interpretation = interpretRow(context, services.mappings, event, row);
    return settle(event, context, steps, interpretation, performance.now() - began);
  } catch (error) {
    if (!(error instanceof DataverseFault))
      return decided(understood, "platform.unexpected", unexpected(event, error, log));
    return decided(understood, codeOf[error.kind], error.message, error.retryAfterMs);
  }
}

const codeOf: Record<DataverseFault["kind"], OutcomeCode> = {
  notFound: "record.gone",
  throttled: "dynamics.throttled",
  unavailable: "dynamics.unavailable",
  refused: "dynamics.refused",
};

function decided(
  understood: Understood,
  code: OutcomeCode,
  message: string,
  retryAfterMs: number | null = null,
): Understood {
  const { outcome } = outcomeCatalogue[code];
  const steps = [...understood.steps, step("matched", message, outcome === "error" ? "failed" : "skipped")];
  return { ...understood, steps, next: { decision: { outcome, code, message, retryAfterMs } } };
}

function settle(
  event: EventMessage,
  context: DynamicsContext,
  steps: Understood["steps"],
  interpretation: Interpretation,
  durationMs: number,
): Understood {
  const matched = (detail: string) => step("matched", detail, "done", durationMs);
  switch (interpretation.result) {
    case "needsRead":
      return { event, context, steps, next: { read: interpretation.read } };
    case "changes": {
      const { changes } = interpretation;
      const fields = changes.reduce((sum, change) => sum + Object.keys(change.fields ?? {}).length, 0);
      const what = changes.map((change) => `${change.kind} ${change.externalId}`).join(", ");
      const mapped = changes.every((change) => change.fields === null)
        ? "A deletion carries no fields."
        : `${fields} fields have values.`;
      return {
        event,
        context,
        steps: [...steps, matched(`Matched ${what}.`), step("mapped", mapped)],
        next: { changes },
      };
    }
    case "skipped":
    case "error": {
      const { result, code, message } = interpretation;
      const mapping = code.startsWith("mapping.");
      const last = step(
        mapping ? "mapped" : "matched",
        message,
        result === "error" ? "failed" : "skipped",
        durationMs,
      );
      const all = mapping ? [...steps, matched("The table is mapped."), last] : [...steps, last];
      return {
        event,
        context,
        steps: all,
        next: { decision: { outcome: result, code, message, retryAfterMs: null } },
      };
    }
  }
}

/** The sentence for an administrator; what happened inside goes to the log, under an id that both name. */
export function unexpected(event: EventMessage, error: unknown, log: Log & { invocationId: string }): string {
  log.error(`Event ${event.eventId} of ${event.organizationId} failed unforeseen: ${describeError(error)}`);
  return `${outcomeCatalogue["platform.unexpected"].title}: correlation id ${log.invocationId}.`;
}
