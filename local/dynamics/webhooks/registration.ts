import { stableGuid } from "../data/guid.ts";
import type { Environment } from "../data/environment.ts";
import type { Row } from "../data/store.ts";
import { tables } from "../data/tables.ts";
import { createRow, deleteRow, updateRow } from "../data/writes.ts";

/** Where an environment's changes are sent, and the key that proves who sends them. */
export type Webhook = { url: string; key: string };

const ROW_MESSAGES = ["Create", "Update", "Delete"];
const LINK_MESSAGES = ["Associate", "Disassociate"];
const REGISTERED_TABLES = ["contact", "account", "msnfp_membership"];
const WEBHOOK = 8;
const WEBHOOK_KEY = 4;
const POST_OPERATION = 40;

/** Writes the messages, and the tables that each can be registered for, which exist in every environment. */
export function installMessages(env: Environment): void {
  const put = (table: string, id: string, values: Row["values"]) => {
    env.store.put({ table, id, version: env.store.nextVersion(), values });
  };
  for (const name of [...ROW_MESSAGES, ...LINK_MESSAGES]) put("sdkmessage", messageId(env, name), { name });
  for (const table of tables.values()) {
    if (!table.raisesMessages) continue;
    for (const message of ROW_MESSAGES) {
      put("sdkmessagefilter", filterId(env, message, table.name), {
        primaryobjecttypecode: table.name,
        secondaryobjecttypecode: "none",
        sdkmessageid: { table: "sdkmessage", id: messageId(env, message) },
      });
    }
  }
}

/** Points the sample endpoint elsewhere; registers it with its steps when there is none; null removes it. */
export function setWebhook(env: Environment, webhook: Webhook | null, messageCharset: 0 | 1): void {
  const existing = env.store.row("serviceendpoint", endpointId(env));
  if (!webhook) {
    if (existing) deleteRow(env, existing, env.application);
    return;
  }
  const address = { url: webhook.url, authvalue: webhook.key };
  if (existing) updateRow(env, existing, address, env.application);
  else register(env, { ...address, messagecharset: messageCharset });
}

/** Whether the environment has the sample endpoint. */
export function hasWebhook(env: Environment): boolean {
  return env.store.row("serviceendpoint", endpointId(env)) !== undefined;
}

function register(env: Environment, address: Row["values"]): void {
  env.store.transaction(() => {
    const endpoint = { name: "Portal Sync", contract: WEBHOOK, authtype: WEBHOOK_KEY, ...address };
    createRow(env, "serviceendpoint", endpoint, env.application, endpointId(env));
    for (const table of REGISTERED_TABLES) {
      for (const message of ROW_MESSAGES) addStep(env, message, table);
    }
    for (const message of LINK_MESSAGES) addStep(env, message);
  });
}

function addStep(env: Environment, message: string, table?: string): void {
  const step = {
    name: table ? `Portal Sync: ${message} of ${table}` : `Portal Sync: ${message}`,
    stage: POST_OPERATION,
    mode: 1,
    asyncautodelete: true,
    eventhandler: { table: "serviceendpoint", id: endpointId(env) },
    sdkmessageid: { table: "sdkmessage", id: messageId(env, message) },
    sdkmessagefilterid: table ? { table: "sdkmessagefilter", id: filterId(env, message, table) } : null,
  };
  const id = stableGuid(env.id, "step", message, table ?? "");
  createRow(env, "sdkmessageprocessingstep", step, env.application, id);
}

const endpointId = (env: Environment) => stableGuid(env.id, "endpoint");
const messageId = (env: Environment, message: string) => stableGuid(env.id, "message", message);
const filterId = (env: Environment, message: string, table: string) =>
  stableGuid(env.id, "filter", message, table);
