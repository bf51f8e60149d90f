import { instant } from "../data/writes.ts";
import type { Value } from "../data/columns.ts";
import type { EnvironmentStore, Row } from "../data/store.ts";
import { succeeded } from "./deliver.ts";
import type { Attempt } from "./deliver.ts";
import type { WebhookJob } from "./job.ts";
import type { PlannedJob } from "./plan.ts";

const READY = { statecode: 0, statuscode: 0 };
const SUCCEEDED = { statecode: 3, statuscode: 30 };
const FAILED = { statecode: 3, statuscode: 31 };

/** Records that a delivery has to be made: the system job that administrators see, and the request to send. */
export function recordJob(store: EnvironmentStore, { job, step }: PlannedJob, now: Date): void {
  store.addJob({ id: job.id, job: JSON.stringify(job) });
  put(store, job.id, {
    ...READY,
    name: step.values["name"] ?? null,
    operationtype: 1,
    messagename: job.message,
    primaryentitytype: job.table,
    correlationid: job.correlationId,
    requestid: job.requestId,
    retrycount: 0,
    owningextensionid: { table: step.table, id: step.id },
    regardingobjectid: { table: job.table, id: job.recordId },
    createdon: instant(now),
    modifiedon: instant(now),
  });
}

/** Records how a delivery ended. A success disappears where the step says so; a failure stays to be read. */
export function completeJob(store: EnvironmentStore, job: WebhookJob, attempts: Attempt[], now: Date): void {
  store.transaction(() => {
    store.finishJob(job.id);
    const row = store.row("asyncoperation", job.id);
    if (!row) return;
    if (succeeded(attempts) && job.autoDelete) {
      store.remove(row.table, row.id, store.nextVersion());
      return;
    }
    const retrycount = Math.max(0, attempts.length - 1);
    const ended = { completedon: instant(now), modifiedon: instant(now), retrycount };
    const outcome = succeeded(attempts) ? SUCCEEDED : { ...FAILED, ...explanation(attempts) };
    put(store, job.id, { ...row.values, ...ended, ...outcome });
  });
}

/** The deliveries that were not finished when the environment stopped, oldest first. */
export function unfinishedJobs(store: EnvironmentStore): WebhookJob[] {
  return store.jobs().map(({ job }) => JSON.parse(job));
}

function put(store: EnvironmentStore, id: string, values: Row["values"]): void {
  store.put({ table: "asyncoperation", id, version: store.nextVersion(), values });
}

function explanation(attempts: Attempt[]): Record<string, Value> {
  const last = attempts.at(-1);
  const what = last?.status
    ? `The endpoint answered ${last.status}.`
    : (last?.error ?? "The endpoint is gone.");
  const tries = attempts.map((attempt) => `${attempt.at} ${attempt.status ?? attempt.error}`).join("\n");
  return { friendlymessage: `The webhook call failed. ${what}`, message: tries || what };
}
