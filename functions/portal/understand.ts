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
import type { MappingSet } from "../contracts/mapping.ts";
import { openContent } from "./content.ts";
import type { EventMessage } from "./eventMessage.ts";
import type { OversizeStore } from "./oversize.ts";
import type { ReadRow } from "./rowReader.ts";
import { step } from "./understood.ts";
import type { Understood } from "./understood.ts";

/**
 * Reads an event and says what it asks for. Whatever is wrong with the event is a decision, never a throw;
 * only storage that does not give out an oversize content throws, so that the event is delivered again. While the
 * integration is paused the event asks for nothing, and is read only for what the log shows of it.
 */
export async function understand(
  event: EventMessage,
  services: { oversize: OversizeStore; mappings: MappingSet; now: number; paused: boolean },
  log: Log & { invocationId: string },
): Promise<Understood> {
  const steps = [
    step("received", `${event.bytes} bytes from Dynamics.`),
    step("checked", "The webhook key, the organization and the form of the event were right."),
    queuedStep(event, services.now),
  ];
  const undone = (code: OutcomeCode, message: string): Understood => ({
    event,
    context: null,
    steps: [...steps, step("matched", message, "failed")],
    next: { decision: { outcome: "error", code, message, retryAfterMs: null } },
  });
  if (services.paused) return held(event, steps);
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
    const interpretation = interpret(context, services.mappings, event);
    const by = mappingName(services.mappings);
    return settle(event, context, steps, interpretation, by, performance.now() - began);
  } catch (error) {
    return { ...undone("platform.unexpected", unexpected(event, error, log)), context };
  }
}

function queuedStep(event: EventMessage, now: number): Understood["steps"][number] {
  const { attempt, kind, receivedAt } = event;
  if (kind === "replay") return step("queued", `Replay: attempt ${attempt}.`);
  const detail = attempt === 1 ? "Waited in the queue." : `Attempt ${attempt}.`;
  return step("queued", detail, "done", Math.max(0, now - receivedAt));
}

/** An event that is kept until the integration is resumed, also one that cannot be read: that is said then. */
function held(event: EventMessage, steps: Understood["steps"]): Understood {
  let context: DynamicsContext | null = null;
  try {
    context = event.content && parseContext(openContent(event.content));
  } catch {
    // The envelope is enough for the log until then.
  }
  const waiting: Understood = { event, context, steps, next: { changes: [] } };
  return decided(waiting, "integration.paused", outcomeCatalogue["integration.paused"].whatHappened);
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
    const by = mappingName(services.mappings);
    return settle(event, context, steps, interpretation, by, performance.now() - began);
  } catch (error) {
    if (!(error instanceof DataverseFault))
      return decided(understood, "platform.unexpected", unexpected(event, error, log));
    const detail = error.said === null ? error.message : `${error.message} Its own words: “${error.said}”`;
    return decided(understood, codeOf[error.kind], error.message, error.retryAfterMs, detail);
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
  /** What the step says: the sentence, and what only those who know Dynamics need. */
  detail = message,
): Understood {
  const { outcome } = outcomeCatalogue[code];
  const steps = [...understood.steps, step("matched", detail, outcome === "error" ? "failed" : "skipped")];
  return { ...understood, steps, next: { decision: { outcome, code, message, retryAfterMs } } };
}

function settle(
  event: EventMessage,
  context: DynamicsContext,
  steps: Understood["steps"],
  interpretation: Interpretation,
  by: string,
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
        : fields === 1
          ? "1 field has a value."
          : `${fields} fields have values.`;
      return {
        event,
        context,
        steps: [...steps, matched(`Matched ${what}.`), step("mapped", `${mapped} Read by ${by}.`)],
        next: { changes },
      };
    }
    case "skipped":
    case "error": {
      const { result, code, message } = interpretation;
      const mapping = code.startsWith("mapping.");
      const last = step(
        mapping ? "mapped" : "matched",
        `${message} Read by ${by}.`,
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

/** The mappings as a step names them: every event says by which version it was read. */
function mappingName(mappings: MappingSet): string {
  const version = mappings[0]?.version ?? 0;
  return version === 0 ? "the default mapping (version 0)" : `mapping version ${version}`;
}

/** The sentence for an administrator; what happened inside goes to the log, under an id that both name. */
export function unexpected(event: EventMessage, error: unknown, log: Log & { invocationId: string }): string {
  log.error(`Event ${event.eventId} of ${event.organizationId} failed unforeseen: ${describeError(error)}`);
  return `${outcomeCatalogue["platform.unexpected"].title}: correlation id ${log.invocationId}.`;
}
