import { html } from "hono/html";
import type { HostedEnvironment } from "../handle.ts";
import { hasWebhook } from "../webhooks/registration.ts";
import { layout } from "./layout.ts";
import type { Html } from "./layout.ts";

/** The first page: one card for each environment. */
export function environmentsPage(hosted: Iterable<HostedEnvironment>): Html {
  return layout(
    "Environments",
    [],
    html`<h1>Environments</h1>
      <p class="lead">
        Each sample organization has a Dynamics 365 environment of its own. Open one, change a member, and
        watch the webhook leave.
      </p>
      <ul class="cards">
        ${[...hosted].map(environmentCard)}
      </ul>`,
  );
}

function environmentCard({ env, log }: HostedEnvironment): Html {
  const { delivered, failed } = log.counts();
  return html`<li class="card">
    <h2><a href="/${env.id}">${env.name}</a></h2>
    <dl class="facts">
      <dt>Members</dt>
      <dd>${env.store.rows("contact").length}</dd>
      <dt>Webhook</dt>
      <dd>${hasWebhook(env) ? "registered" : "not registered"}</dd>
      <dt>Delivered since start</dt>
      <dd>${delivered}</dd>
      <dt>Failed since start</dt>
      <dd>${failed}</dd>
    </dl>
  </li>`;
}
