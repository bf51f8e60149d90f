import { Hono } from "hono";
import { z } from "zod";
import type { HostedEnvironment } from "./handle.ts";
import type { Access } from "./web-api/access.ts";
import type { Webhook } from "./webhooks/registration.ts";

/** What the start script and tests in other processes may ask of the running server. */
export type Control = {
  setWebhook: (id: string, webhook: Webhook | null) => void;
  setClock: (now: string | null) => void;
  idle: () => Promise<void>;
};

const webhookBody = z.strictObject({
  environment: z.string(),
  webhook: z.strictObject({ url: z.url(), key: z.string() }).nullable(),
});
const clockBody = z.strictObject({ now: z.iso.datetime({ offset: true }).nullable() });

/**
 * The routes under `/_control`: POST `webhook` {environment, webhook: {url, key} | null}, POST `clock`
 * {now: ISO 8601 | null}, GET `idle` (answers when every delivery has been answered), POST `session` (a token that
 * works as the membership office would) and GET `environments` with the delivery counts of each.
 */
export function controlRoutes(
  hosted: ReadonlyMap<string, HostedEnvironment>,
  access: Access,
  control: Control,
): Hono {
  const app = new Hono();
  app.post("/webhook", async (c) => {
    const body = webhookBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400);
    if (!hosted.has(body.data.environment)) return c.json({ error: "There is no such environment." }, 404);
    control.setWebhook(body.data.environment, body.data.webhook);
    return c.body(null, 204);
  });
  app.post("/clock", async (c) => {
    const body = clockBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400);
    control.setClock(body.data.now);
    return c.body(null, 204);
  });
  app.get("/idle", async (c) => {
    await control.idle();
    return c.body(null, 204);
  });
  app.post("/session", (c) => c.json({ token: access.openSession() }));
  app.get("/environments", (c) =>
    c.json({
      environments: [...hosted.values()].map(({ env, url, log }) => ({
        id: env.id,
        name: env.name,
        organizationId: env.organizationId,
        environmentUrl: url(),
        deliveries: log.counts(),
      })),
    }),
  );
  return app;
}
