import type { Context } from "hono";

/** The parameters with which a client sent a browser here: in the address, in a form, or in both. */
export async function readParams(c: Context): Promise<URLSearchParams> {
  const form = c.req.method === "POST" ? await c.req.text() : "";
  return new URLSearchParams([...new URL(c.req.url).searchParams, ...new URLSearchParams(form)]);
}
