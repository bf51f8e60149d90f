import { html } from "hono/html";
import type { Issuer } from "./issuer.ts";
import { page, type Markup } from "./page.ts";
import type { Person } from "./people.ts";

/**
 * The page that lists the people to sign in as. `params` are those of the authorize endpoint: the form
 * carries them on, so that nothing about a sign-in in progress is kept here. All but `person`: that is
 * chosen here, and one that came along would win over the choice.
 */
export function signInPage(issuer: Issuer, params: URLSearchParams, signedIn: Person | undefined): Markup {
  const carriedOn = [...params].filter(([name]) => name !== "person");
  return page(
    "Sign in to Portal Sync",
    html`<h1>Sign in to Portal Sync</h1>
      <p class="lead">
        This is the local sign-in. It asks for no password: choose the sample person you want to be.
      </p>
      <form method="post" action="/${issuer.tenantId}/login">
        ${carriedOn.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <ul>
          ${issuer.people.map((person) => html`<li>${personButton(person, person === signedIn)}</li>`)}
        </ul>
      </form>
      <p class="note">
        In Azure, Microsoft Entra ID takes the place of this page. For a token on the command line:
        <code class="command">npm run --silent token -- contoso-admin</code>
      </p>`,
  );
}

function personButton(person: Person, signedIn: boolean): Markup {
  return html`<button name="person" value="${person.signIn}">
    <span class="avatar" aria-hidden="true">${initials(person.name)}</span>
    <span class="who">
      <span class="name">${person.name}</span> ${signedIn ? html`<span class="badge">Signed in</span>` : ""}
      <span class="role">${person.roleLabel}</span>
      <span class="organization">${person.organization}</span>
    </span>
    <svg class="chevron" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="m6 3 5 5-5 5" />
    </svg>
  </button>`;
}

function initials(name: string): string {
  return name
    .split(" ")
    .map((word) => word.slice(0, 1))
    .join("");
}
