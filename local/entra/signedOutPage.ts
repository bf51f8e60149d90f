import { html } from "hono/html";
import { page, type Markup } from "./page.ts";

/** Shown after signing out when there is no page to go back to. */
export function signedOutPage(): Markup {
  return page(
    "Signed out – Portal Sync",
    html`<h1>You are signed out</h1>
      <p class="lead">You can close this window.</p>`,
  );
}
