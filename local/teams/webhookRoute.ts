import { Hono, type Context } from "hono";
import type { Channel } from "./channel.ts";
import { isSigned, WEBHOOK_PATH } from "./webhookAddress.ts";
import { readMessage } from "./workflowMessage.ts";

/** The address that Portal Sync posts its cards to: a workflow's trigger "When a Teams webhook request is received". */
export function webhookRoute(channel: Channel): Hono {
  return new Hono().post(WEBHOOK_PATH, (c) => receive(c, channel));
}

async function receive(c: Context, channel: Channel): Promise<Response> {
  const fault = channel.takeFault();
  if (fault) return new Response(fault.body, { status: fault.status, headers: fault.headers });

  if (!isSigned(c.req.query())) {
    const message = "The request must be authenticated only by Shared Access scheme.";
    return c.json({ error: { code: "DirectApiAuthorizationRequired", message } }, 401);
  }
  const text = await c.req.text();
  const read = readMessage(text);
  if ("problem" in read) {
    return c.json({ error: { code: "TriggerInputSchemaMismatch", message: read.problem } }, 400);
  }
  channel.post(read.results, Buffer.byteLength(text));
  // Accepted is not posted: a workflow says no more than this, whatever comes of the card.
  return c.body(null, 202);
}
