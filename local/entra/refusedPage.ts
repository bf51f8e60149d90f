import { html } from "hono/html";
import { page, type Markup } from "./page.ts";
import { refusalText, type Refusal } from "./refusal.ts";

/** Shown in place of a redirect where the client that asked cannot be trusted with an answer. */
export function refusedPage(refusal: Refusal): Markup {
  return page(
    "Sign-in refused – Portal Sync",
    html`<h1>This sign-in was refused</h1>
      <p class="lead">${refusalText(refusal)}</p>
      <p class="note">
        Go back to Portal Sync and sign in from there. If it happens again, the portal and this sign-in run
        with different settings: stop Portal Sync and run <code>npm start</code> again.
      </p>`,
  );
}
