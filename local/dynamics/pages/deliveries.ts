import { html } from "hono/html";
import type { HostedEnvironment } from "../handle.ts";
import type { Delivery, DeliveryLog } from "../webhooks/deliveryLog.ts";
import type { Html } from "./layout.ts";

const SHOWN = 15;

/** The panel below a page that shows the newest deliveries of an environment and keeps itself up to date. */
export function deliveriesPanel({ env, log }: HostedEnvironment): Html {
  return html`<section class="card sent" aria-labelledby="sent">
    <div class="top">
      <h2 id="sent">What Dynamics sent</h2>
      <span class="hint">Webhooks of ${env.name}, newest first. Updates itself.</span>
    </div>
    <div data-deliveries="/${env.id}/deliveries" data-revision="${revisionTag(log)}">
      ${deliveryTable(log)}
    </div>
  </section>`;
}

/** Identifies what the panel shows, so that an unchanged one is not sent again. */
export function revisionTag(log: DeliveryLog): string {
  return `"${log.revision()}"`;
}

/** The rows of the panel. */
export function deliveryTable(log: DeliveryLog): Html {
  const deliveries = log.recent().slice(0, SHOWN);
  if (deliveries.length === 0) {
    return html`<p class="empty">Nothing yet. Save a member and the webhook appears here.</p>`;
  }
  return html`<table class="stack">
    <thead>
      <tr>
        <th scope="col">Event</th>
        <th scope="col">Record</th>
        <th scope="col">Sent</th>
        <th scope="col">Answer</th>
        <th scope="col" class="number">Took</th>
      </tr>
    </thead>
    <tbody>
      ${deliveries.map(deliveryRow)}
    </tbody>
  </table>`;
}

function deliveryRow(delivery: Delivery): Html {
  const took = delivery.attempts.reduce((sum, attempt) => sum + attempt.milliseconds, 0);
  const sentAt = delivery.attempts[0]?.at ?? delivery.createdOn;
  return html`<tr>
    <th scope="row">${delivery.table}.${delivery.message}</th>
    <td>${delivery.recordName || delivery.recordId}</td>
    <td><time datetime="${sentAt}" title="${sentAt}">${clockTime(sentAt)}</time></td>
    <td class="aside">${answer(delivery)}</td>
    <td class="number">${delivery.attempts.length > 0 ? `${took} ms` : ""}</td>
  </tr>`;
}

function answer({ state, attempts }: Delivery): Html {
  if (state === "waiting") return html`<span class="badge wait">On its way</span>`;
  const last = attempts.at(-1);
  const codes = attempts.map((attempt) => attempt.status ?? "no answer").join(", then ");
  const label = attempts.length === 0 ? "not sent" : codes;
  return html`<span class="badge ${state === "delivered" ? "good" : "bad"}">${label}</span>
    ${state === "failed" ? html`<span class="sub">${explanation(attempts.length, last?.error)}</span>` : ""}`;
}

function explanation(tries: number, error: string | null | undefined): string {
  if (tries === 0) return "The endpoint is gone.";
  if (error) return error;
  return tries === 1 ? "Not retried: only 502, 503 and 504 are." : "Tried twice, then given up.";
}

function clockTime(instant: string): string {
  return `${instant.slice(11, 19)} UTC`;
}
