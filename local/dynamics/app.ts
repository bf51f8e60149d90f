import { Hono } from "hono";
import { controlRoutes } from "./control.ts";
import type { Control } from "./control.ts";
import type { HostedEnvironment } from "./handle.ts";
import { pageRoutes } from "./pages/routes.ts";
import type { Access } from "./web-api/access.ts";
import { faultSchema } from "./web-api/faults.ts";
import { serveWebApi } from "./web-api/webApi.ts";

/** What is served. */
type AppParts = { hosted: ReadonlyMap<string, HostedEnvironment>; access: Access; control: Control };

/** The routes of the server: control, Web API, fault injection and pages. */
export function createApp({ hosted, access, control }: AppParts): Hono {
  const app = new Hono();
  app.route("/_control", controlRoutes(hosted, access, control));

  app.all("/:environment/api/data/:version/*", async (c) => {
    const environment = hosted.get(c.req.param("environment"));
    if (!environment) return c.notFound();
    const { env, faults, url } = environment;
    const version = c.req.param("version");
    // The path is taken apart undecoded: a key in parentheses may hold an escaped slash.
    const path = new URL(c.req.url).pathname.split(`/api/data/${version}/`)[1] ?? "";
    return serveWebApi({ env, access, faults, environmentUrl: url() }, c.req.raw, version, path);
  });

  app.post("/:environment/_faults", async (c) => {
    const environment = hosted.get(c.req.param("environment"));
    if (!environment) return c.notFound();
    const fault = faultSchema.safeParse(await c.req.json().catch(() => null));
    if (!fault.success) return c.json({ error: fault.error.issues.map((issue) => issue.message) }, 400);
    environment.faults.inject(fault.data);
    return c.body(null, 204);
  });
  app.delete("/:environment/_faults", (c) => {
    hosted.get(c.req.param("environment"))?.faults.clear();
    return c.body(null, 204);
  });

  app.route("/", pageRoutes(hosted));
  return app;
}
