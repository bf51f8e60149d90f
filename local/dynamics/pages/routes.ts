import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { html } from "hono/html";
import { deleteRow } from "../data/writes.ts";
import type { HostedEnvironment } from "../handle.ts";
import { deliveryTable, revisionTag } from "./deliveries.ts";
import { environmentsPage } from "./environmentsPage.ts";
import { icon, layout } from "./layout.ts";
import { memberPage } from "./memberPage.ts";
import { saveMember } from "./members.ts";
import type { MemberForm } from "./members.ts";
import { membersPage } from "./membersPage.ts";

/** The pages on which a person edits members, and the files that they need. */
export function pageRoutes(hosted: ReadonlyMap<string, HostedEnvironment>): Hono {
  const app = new Hono();
  app.use(csrf());
  app.get("/_assets/styles.css", async (c) => asset(c.body.bind(c), "styles.css", "text/css"));
  app.get("/_assets/browser.js", async (c) => asset(c.body.bind(c), "browser.js", "text/javascript"));
  app.get("/_assets/icon.svg", (c) => c.body(icon, 200, { "content-type": "image/svg+xml" }));

  app.get("/", (c) => c.html(environmentsPage(hosted.values())));
  app.get("/:environment", (c) => {
    const environment = hosted.get(c.req.param("environment"));
    if (!environment) return c.notFound();
    const { q = "", page = "1", deleted } = c.req.query();
    return c.html(membersPage(environment, q, Number.parseInt(page, 10) || 1, deleted !== undefined));
  });
  // The address at which Dynamics opens a row: other programs link to it.
  app.get("/:environment/main.aspx", (c) => {
    const { etn, id } = c.req.query();
    const environment = `/${encodeURIComponent(c.req.param("environment"))}`;
    const isMember = etn === "contact" && id !== undefined;
    return c.redirect(isMember ? `${environment}/members/${encodeURIComponent(id)}` : environment);
  });
  app.get("/:environment/deliveries", (c) => {
    const environment = hosted.get(c.req.param("environment"));
    if (!environment) return c.notFound();
    const etag = revisionTag(environment.log);
    if (c.req.header("if-none-match") === etag) return c.body(null, 304, { etag });
    return c.html(deliveryTable(environment.log), 200, { etag, "cache-control": "no-store" });
  });
  app.get("/:environment/members/:id", (c) => {
    const environment = hosted.get(c.req.param("environment"));
    const id = c.req.param("id");
    const member = environment?.env.store.row("contact", id);
    if (!environment || (!member && id !== "new")) return c.notFound();
    return c.html(memberPage(environment, member, c.req.query("saved")));
  });
  app.post("/:environment/members/:id", async (c) => {
    const environment = hosted.get(c.req.param("environment"));
    const id = c.req.param("id");
    const member = environment?.env.store.row("contact", id);
    if (!environment || (!member && id !== "new")) return c.notFound();
    const saved = saveMember(environment.env, member, await textFields(c.req.raw));
    const outcome = saved.changed ? "yes" : "unchanged";
    return c.redirect(`/${environment.env.id}/members/${saved.id}?saved=${outcome}`, 303);
  });
  app.post("/:environment/members/:id/delete", (c) => {
    const environment = hosted.get(c.req.param("environment"));
    const member = environment?.env.store.row("contact", c.req.param("id"));
    if (!environment || !member) return c.notFound();
    deleteRow(environment.env, member, environment.env.editor);
    return c.redirect(`/${environment.env.id}?deleted`, 303);
  });
  app.notFound((c) => c.html(notFoundPage(), 404));
  return app;
}

async function textFields(request: Request): Promise<MemberForm> {
  const fields: MemberForm = {};
  for (const [name, value] of await request.formData()) if (typeof value === "string") fields[name] = value;
  return fields;
}

type Send = (body: string, status: 200, headers: Record<string, string>) => Response;

async function asset(send: Send, name: string, type: string): Promise<Response> {
  const content = await readFile(new URL(name, import.meta.url), "utf8");
  return send(content, 200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" });
}

function notFoundPage() {
  const content = html`<h1>Nothing here</h1>
    <p class="lead">The member may have been deleted. <a href="/">See all environments</a>.</p>`;
  return layout("Not found", [], content);
}
