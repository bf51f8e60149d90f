import { Hono } from "hono";
import { z } from "zod";
import type { Channel } from "./channel.ts";
import { channelPage } from "./channelPage.ts";
import { PAGE_POLICY } from "./pageFrame.ts";
import { webhookAddress } from "./webhookAddress.ts";
import { webhookRoute } from "./webhookRoute.ts";

const FaultOrder = z.strictObject({
  times: z.int().min(1).max(1000).default(1),
  status: z.int().min(200).max(599),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(""),
});

/** The stand-in for Teams as an app that needs no port: the webhook, the page, and what tests ask for. */
export function teamsApp(channel: Channel, url: string): Hono {
  const app = new Hono();
  app.route("/", webhookRoute(channel));
  app.get("/", (c) => {
    c.header("Content-Security-Policy", PAGE_POLICY);
    c.header("Cache-Control", "no-store");
    return c.html(channelPage(channel.cards(), webhookAddress(url)));
  });
  app.get("/cards.json", (c) => {
    const after = Number(c.req.query("after") ?? 0);
    return c.json(channel.cards().filter(({ id }) => id > after));
  });
  app.post("/fail", async (c) => {
    const order = FaultOrder.safeParse(await c.req.json().catch(() => undefined));
    if (!order.success) return c.json({ error: z.prettifyError(order.error) }, 400);
    const { times, ...fault } = order.data;
    channel.failNext(times, fault);
    return c.body(null, 204);
  });
  return app;
}
