import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** A piece of a page, with everything in it escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A link of the trail at the top of a page. */
type Crumb = { label: string; href: string };

/** The frame of every page. */
export function layout(title: string, crumbs: Crumb[], content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Simulated Dynamics 365</title>
        <link rel="icon" href="/_assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/_assets/styles.css" />
        <script type="module" src="/_assets/browser.js"></script>
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="bar">
          <a class="product" href="/">${mark()} <span>Simulated Dynamics 365</span></a>
          ${crumbs.length > 0 ? breadcrumb(crumbs) : ""}
        </header>
        <main id="content">${content}</main>
        <footer>
          This is a stand-in for Dynamics 365 on this computer. It sends the same webhooks as the real one.
        </footer>
      </body>
    </html>`;
}

function breadcrumb(crumbs: Crumb[]): Html {
  return html`<nav aria-label="Breadcrumb">
    <ol>
      ${crumbs.map((crumb) => html`<li><a href="${crumb.href}">${crumb.label}</a></li>`)}
    </ol>
  </nav>`;
}

/** The product's mark: a row with the change that leaves it. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24"><rect width="24" height="24" rx="6" fill="#4b53bc"/><path d="M6 8h7M6 12h5M6 16h7" stroke="#fff" stroke-width="2" stroke-linecap="round"/><path d="m15 9 3 3-3 3" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

function mark(): Html {
  return html`<span class="mark" aria-hidden="true">${raw(icon)}</span>`;
}
