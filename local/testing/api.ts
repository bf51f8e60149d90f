import { randomBytes, randomUUID } from "node:crypto";
import { inject } from "vitest";
import { signIn } from "../entra/signIn.ts";
import { remoteExecutionContext } from "../dynamics/context/remoteExecutionContext.ts";
import type { ContextDescription } from "../dynamics/context/remoteExecutionContext.ts";
import type { StackFile } from "../stack/stackFile.ts";

const tokens = new Map<string, Promise<string>>();

/** Access token of a sample person, obtained by the real sign-in once a test file. */
export function tokenOf(signInName: string, stack: StackFile = inject("stack")): Promise<string> {
  const known =
    tokens.get(signInName) ??
    signIn({ ...stack, portalUrl: stack.portalUrl ?? "http://localhost:5173" }, signInName).then(
      ({ accessToken }) => accessToken,
    );
  tokens.set(signInName, known);
  return known;
}

/** Calls the API as a sample person; `body` is sent as JSON. */
export async function callApi(
  signInName: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const stack = inject("stack");
  return fetch(`${stack.functionsUrl}/api/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await tokenOf(signInName, stack)}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The JSON of an answer that must be a success. */
export async function okJson<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** An organization of a test's own, made through the API, with a webhook key. */
export interface TestOrganization {
  id: string;
  key: string;
  dynamicsOrganizationId: string;
}

export async function createTestOrganization(
  settings: Record<string, unknown> = {},
): Promise<TestOrganization> {
  const id = `test-${randomBytes(6).toString("hex")}`;
  const dynamicsOrganizationId = randomUUID();
  const created = { id, name: `Test ${id}`, dynamicsOrganizationId, ...settings };
  await okJson(await callApi("global-admin", "POST", "organizations", created));
  const { key } = await okJson<{ key: string }>(
    await callApi("global-admin", "POST", `organizations/${id}/portal/keys`, { name: "Test" }),
  );
  return { id, key, dynamicsOrganizationId: created.dynamicsOrganizationId };
}

/** The body of a webhook as Dataverse sends it: a member's first name was changed just now, unless `change` says otherwise. */
export function webhookBody(
  { dynamicsOrganizationId: organizationId }: Pick<TestOrganization, "dynamicsOrganizationId">,
  change: Partial<ContextDescription> = {},
): string {
  const usual = { table: "contact", message: "Update" as const, attributes: { firstname: "Jane" } };
  const row = { organizationId, id: randomUUID(), modifiedOn: new Date() };
  return JSON.stringify(remoteExecutionContext({ ...usual, ...row, ...change }));
}

/** Sends a webhook as Dataverse would. */
export function sendWebhook(
  organization: Pick<TestOrganization, "id" | "key">,
  body: string | Buffer,
  headers: Record<string, string> = {},
  { functionsUrl }: Pick<StackFile, "functionsUrl"> = inject("stack"),
): Promise<Response> {
  return fetch(`${functionsUrl}/api/webhooks/dynamics/${organization.id}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-webhook-key": organization.key, ...headers },
    body,
  });
}

/** Repeats a read until it says what is waited for. Throws with the last answer when it never does. */
export async function eventually<T>(
  read: () => Promise<T>,
  isDone: (value: T) => boolean,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (isDone(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`Waited in vain; last seen: ${JSON.stringify(value)?.slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
