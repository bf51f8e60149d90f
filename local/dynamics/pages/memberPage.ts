import { html } from "hono/html";
import { asText } from "../data/columns.ts";
import type { Row } from "../data/store.ts";
import type { HostedEnvironment } from "../handle.ts";
import { deliveriesPanel } from "./deliveries.ts";
import { layout } from "./layout.ts";
import type { Html } from "./layout.ts";
import { currentMemberships, endOf, nameOf, openedWith } from "./members.ts";

/** The form of one member, or of a new one. `saved` is what saving came to, after it. */
export function memberPage(
  hosted: HostedEnvironment,
  member: Row | undefined,
  saved: string | undefined,
): Html {
  const { env } = hosted;
  const title = member ? nameOf(member) : "New member";
  const end = member ? endOf(currentMemberships(env).get(member.id)) : "";
  const action = `/${env.id}/members/${member?.id ?? "new"}`;
  return layout(
    title,
    [
      { label: env.name, href: `/${env.id}` },
      { label: title, href: action },
    ],
    html`${saved ? savedNotice(saved) : ""}
      <div class="heading">
        <div>
          <h1>${title}</h1>
          ${member ? identity(member) : html`<p class="lead">Saving creates the member and sends a webhook.</p>`}
        </div>
      </div>
      <section class="card" aria-label="Member">
        <form class="inner form" method="post" action="${action}">
          ${field(member, "firstname", "First name", { maxlength: 50, autocomplete: "off" })}
          ${field(member, "lastname", "Last name", { maxlength: 50, autocomplete: "off", required: true })}
          ${field(member, "emailaddress1", "E-mail", { maxlength: 100, type: "email", autocomplete: "off" })}
          ${field(member, "address1_city", "City", { maxlength: 80, autocomplete: "off" })}
          ${field(member, "telephone1", "Phone", { maxlength: 50, type: "tel", autocomplete: "off" })}
          ${field(member, "mobilephone", "Mobile", { maxlength: 50, type: "tel", autocomplete: "off" })}
          <div class="field">
            <label for="msnfp_enddate">Membership ends</label>
            <input
              id="msnfp_enddate"
              name="msnfp_enddate"
              type="date"
              value="${end}"
              aria-describedby="membership-hint"
            />
            ${opened("msnfp_enddate", end)}
            <span class="hint" id="membership-hint"
              >Kept on the membership: changing it sends a webhook of its own.</span
            >
          </div>
          ${member ? stateField(member) : ""}
          <div class="actions">
            <button class="primary" type="submit">Save</button>
            <a class="button" href="/${env.id}">Back to members</a>
            ${member ? html`<button class="danger" type="button" data-opens-dialog>Delete</button>` : ""}
          </div>
        </form>
      </section>
      ${member ? deleteDialog(env.id, member) : ""} ${deliveriesPanel(hosted)}`,
  );
}

function savedNotice(saved: string): Html {
  const text =
    saved === "unchanged"
      ? "Nothing was different, so Dynamics sent nothing."
      : "Saved. The webhook is on its way: see below.";
  return html`<p class="notice" role="status">${text}</p>`;
}

type FieldOptions = { maxlength: number; type?: string; required?: boolean; autocomplete: string };

function field(member: Row | undefined, column: string, label: string, options: FieldOptions): Html {
  return html`<div class="field">
    <label for="${column}">${label}</label>
    <input
      id="${column}"
      name="${column}"
      type="${options.type ?? "text"}"
      value="${asText(member?.values[column])}"
      maxlength="${options.maxlength}"
      autocomplete="${options.autocomplete}"
      ${options.required ? "required" : ""}
    />
    ${opened(column, asText(member?.values[column]))}
  </div>`;
}

/** What a field held when the page was opened, so that Save can tell what the person changed. */
function opened(field: string, value: string): Html {
  return html`<input type="hidden" name="${openedWith(field)}" value="${value}" />`;
}

function stateField(member: Row): Html {
  const state = member.values["statecode"] === 1 ? "1" : "0";
  return html`<div class="field">
    <label for="statecode">Status</label>
    <select id="statecode" name="statecode">
      <option value="0" ${state === "0" ? "selected" : ""}>Active</option>
      <option value="1" ${state === "1" ? "selected" : ""}>Inactive</option>
    </select>
    ${opened("statecode", state)}
  </div>`;
}

function identity(member: Row): Html {
  const modified = asText(member.values["modifiedon"]);
  return html`<p class="lead">
    Last changed <time datetime="${modified}">${modified.replace("T", " ").replace("Z", " UTC")}</time>
    <span class="sub">contact ${member.id}</span>
  </p>`;
}

function deleteDialog(environmentId: string, member: Row): Html {
  return html`<dialog aria-labelledby="delete-title">
    <h2 id="delete-title">Delete ${nameOf(member)}?</h2>
    <p class="hint">Dynamics deletes the contact for good and sends a Delete webhook.</p>
    <form method="post" action="/${environmentId}/members/${member.id}/delete">
      <div class="actions">
        <button class="danger" type="submit">Delete member</button>
        <button type="button" data-closes-dialog>Keep</button>
      </div>
    </form>
  </dialog>`;
}
