/**
 * The plain receiver: it checks the key, parses the body and inserts one row per event before it answers 202. Same
 * address, same key check (SHA-256, in constant time), same answer as Portal Sync.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { TableClient } from "@azure/data-tables";
import { app } from "@azure/functions";
import type { HttpRequest, HttpResponseInit } from "@azure/functions";

/** `{"<organization>": "<webhook key>"}`; only hashes stay in memory. */
const keys = JSON.parse(process.env["BASELINE_KEYS"] ?? "{}") as Record<string, string>;
const hashes = new Map(Object.entries(keys).map(([id, key]) => [id, sha256(key)]));
const events = TableClient.fromConnectionString(process.env["AzureWebJobsStorage"] ?? "", "BaselineEvents", {
  allowInsecureConnection: true,
});

app.setup({ enableHttpStream: true });
app.hook.appStart(() => events.createTable());
app.http("receive", {
  methods: ["POST"],
  route: "webhooks/dynamics/{organizationId}",
  authLevel: "anonymous",
  handler: receive,
});

async function receive(request: HttpRequest): Promise<HttpResponseInit> {
  const organizationId = request.params["organizationId"] ?? "";
  const expected = hashes.get(organizationId);
  const given = sha256(request.headers.get("x-webhook-key") ?? "");
  if (!expected || !timingSafeEqual(expected, given)) return { status: 401 };
  const body = await request.text();
  const { OperationId, MessageName, PrimaryEntityName, PrimaryEntityId } = JSON.parse(body) as Record<
    string,
    string
  >;
  const eventId = createHash("sha256")
    .update(`${OperationId}|${MessageName}|${PrimaryEntityId}`)
    .digest("hex")
    .slice(0, 32);
  await events.createEntity({
    partitionKey: organizationId,
    rowKey: eventId,
    eventType: `${PrimaryEntityName}.${MessageName}`,
    recordId: PrimaryEntityId,
    receivedAt: new Date().toISOString(),
    body,
  });
  return { status: 202, jsonBody: { eventId } };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
