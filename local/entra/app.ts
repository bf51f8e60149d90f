import { Hono } from "hono";
import { cors } from "hono/cors";
import { authorizeRoutes } from "./authorizeRoutes.ts";
import type { Issuer } from "./issuer.ts";
import { logoutRoutes } from "./logoutRoutes.ts";
import { metadataRoutes } from "./metadata.ts";
import { refuse } from "./refusal.ts";
import { tokenRoutes } from "./tokenRoutes.ts";

/** The whole issuer as an app that needs no port: every path of it lies under the tenant. */
export function entraApp(issuer: Issuer): Hono {
  const app = new Hono();
  app.use("*", cors({ origin: (origin) => (isPortalOrigin(origin, issuer) ? origin : null) }));
  app.use("/:tenant/*", async (c, next) => {
    const tenant = c.req.param("tenant");
    if (tenant === issuer.tenantId) return next();
    const message = `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`;
    return refuse(c, { error: "invalid_tenant", code: 90002, message }, issuer.clock());
  });
  const tenant = `/${issuer.tenantId}`;
  app.route(tenant, metadataRoutes(issuer));
  app.route(tenant, authorizeRoutes(issuer));
  app.route(tenant, tokenRoutes(issuer));
  app.route(tenant, logoutRoutes(issuer));
  return app;
}

/** Scripts may call from where a redirect URI could be, and from nowhere else. */
function isPortalOrigin(origin: string, issuer: Issuer): boolean {
  return issuer.isRedirectUri(`${origin}/`);
}
