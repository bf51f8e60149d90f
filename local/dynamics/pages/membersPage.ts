import { html } from "hono/html";
import { asText } from "../data/columns.ts";
import type { Row } from "../data/store.ts";
import type { HostedEnvironment } from "../handle.ts";
import { deliveriesPanel } from "./deliveries.ts";
import { layout } from "./layout.ts";
import type { Html } from "./layout.ts";
import { currentMemberships, endOf, findMembers, nameOf } from "./members.ts";

const PAGE_SIZE = 20;

/** The list of an environment's members. `page` starts at 1 and is brought into range. */
export function membersPage(hosted: HostedEnvironment, search: string, page: number, deleted: boolean): Html {
  const { env } = hosted;
  const members = findMembers(env, search);
  const pages = Math.max(1, Math.ceil(members.length / PAGE_SIZE));
  const current = Math.min(Math.max(1, page), pages);
  const shown = members.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE);
  const memberships = currentMemberships(env);
  return layout(
    env.name,
    [{ label: env.name, href: `/${env.id}` }],
    html`${deleted ? html`<p class="notice" role="status">The member was deleted.</p>` : ""}
      <div class="heading">
        <div>
          <h1>Members of ${env.name}</h1>
          <p class="lead">Open a member, change something and save: Dynamics then sends a webhook.</p>
        </div>
        <a class="button primary" href="/${env.id}/members/new">New member</a>
      </div>
      <section class="card" aria-label="Members">
        <form class="toolbar" method="get" action="/${env.id}" role="search">
          <div class="field">
            <label for="search">Search members</label>
            <input id="search" name="q" type="search" value="${search}" placeholder="Name, e-mail or city" />
          </div>
          <button type="submit">Search</button>
        </form>
        ${
          shown.length === 0
            ? html`<p class="empty">No member matches “${search}”.</p>`
            : memberTable(hosted, shown, memberships)
        }
        ${pager(env.id, search, current, pages, members.length)}
      </section>
      ${deliveriesPanel(hosted)}`,
  );
}

function memberTable({ env }: HostedEnvironment, members: Row[], memberships: Map<string, Row>): Html {
  return html`<table class="members stack">
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">E-mail</th>
        <th scope="col">City</th>
        <th scope="col">Membership ends</th>
        <th scope="col">Status</th>
      </tr>
    </thead>
    <tbody>
      ${members.map(
        (row) =>
          html`<tr>
            <th scope="row"><a href="/${env.id}/members/${row.id}">${nameOf(row)}</a></th>
            <td>${asText(row.values["emailaddress1"])}</td>
            <td>${asText(row.values["address1_city"])}</td>
            <td>${endOf(memberships.get(row.id)) || "No membership"}</td>
            <td class="aside">${status(row)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function status(row: Row): Html {
  return row.values["statecode"] === 0
    ? html`<span class="badge good">Active</span>`
    : html`<span class="badge">Inactive</span>`;
}

function pager(id: string, search: string, page: number, pages: number, total: number): Html {
  const href = (target: number) =>
    `/${id}?${new URLSearchParams({ q: search, page: String(target) }).toString()}`;
  return html`<div class="pager">
    <span>${total} ${total === 1 ? "member" : "members"}, page ${page} of ${pages}</span>
    <nav aria-label="Pages">
      ${page > 1 ? html`<a class="button" href="${href(page - 1)}">Previous</a>` : ""}
      ${page < pages ? html`<a class="button" href="${href(page + 1)}">Next</a>` : ""}
    </nav>
  </div>`;
}
