import { tableNamed } from "./data/tables.ts";
import { createRow, deleteRow, updateRow } from "./data/writes.ts";
import type { Row } from "./data/store.ts";
import type { RunningEnvironment } from "./environments.ts";
import { doesNotExist } from "./web-api/errors.ts";
import type { Fault, Faults } from "./web-api/faults.ts";
import { readPayload } from "./web-api/payload.ts";
import type { Delivery, DeliveryCounts } from "./webhooks/deliveryLog.ts";

/** An environment with all that the server keeps beside it. */
export type HostedEnvironment = RunningEnvironment & {
  url: () => string;
  faults: Faults;
  /** The `messagecharset` that its endpoint is registered with. */
  charset: 0 | 1;
};

/**
 * An environment in the hands of a test or script. Writes are made in the name of the membership office, take the
 * names of Web API bodies (`firstname`, `parentcustomerid_account@odata.bind` …) and send webhooks like any other.
 */
export type EnvironmentHandle = {
  environmentUrl: string;
  organizationId: string;
  /** The user id of the application user: whose writes come through the Web API. */
  applicationUserId: string;
  /** Returns the new row's id. */
  create: (table: string, columns: Record<string, unknown>) => string;
  update: (table: string, id: string, columns: Record<string, unknown>) => void;
  remove: (table: string, id: string) => void;
  /** The rows of a table. */
  rows: (table: string) => Row[];
  injectFault: (fault: Fault) => void;
  /** The newest 200 deliveries, newest first. */
  deliveries: () => Delivery[];
  /** How all deliveries since the start ended. */
  deliveryCounts: () => DeliveryCounts;
};

/** Builds the handle of an environment. */
export function environmentHandle({ env, url, faults, log }: HostedEnvironment): EnvironmentHandle {
  const existing = (table: string, id: string) => {
    const row = env.store.row(table, id);
    if (!row) throw doesNotExist(table, id);
    return row;
  };
  const read = (table: string, columns: Record<string, unknown>) =>
    readPayload(env.store, tableNamed(table), columns);
  return {
    environmentUrl: url(),
    organizationId: env.organizationId,
    applicationUserId: env.application.userId,
    create: (table, columns) => {
      const { id, values } = read(table, columns);
      return createRow(env, table, values, env.editor, id).id;
    },
    update: (table, id, columns) => {
      updateRow(env, existing(table, id), read(table, columns).values, env.editor);
    },
    remove: (table, id) => deleteRow(env, existing(table, id), env.editor),
    rows: (table) => env.store.rows(table),
    injectFault: faults.inject,
    deliveries: log.recent,
    deliveryCounts: log.counts,
  };
}
