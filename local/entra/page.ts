import { createHash } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { PAGE_STYLE } from "./pageStyle.ts";

/** Markup in which every inserted value has been escaped. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE_HASH = createHash("sha256").update(PAGE_STYLE).digest("base64");

/** The frame that all pages of the sign-in share: one card in the middle of the window. */
export function page(title: string, content: Markup): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${raw(`<style>${PAGE_STYLE}</style>`)}
      </head>
      <body>
        <main>
          <p class="product">
            <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
              <path d="M4 9h14l-4-4M20 15H6l4 4" />
            </svg>
            Portal Sync: local sign-in
          </p>
          ${content}
        </main>
      </body>
    </html>`;
}

/**
 * Answers with a page that runs no script, loads nothing and cannot be framed. `formLeadsTo` is the
 * origin to which sending the page's form leads in the end: a browser follows no other.
 */
export async function showPage(
  c: Context,
  markup: Markup,
  { status = 200, formLeadsTo = "" }: { status?: 200 | 400; formLeadsTo?: string } = {},
): Promise<Response> {
  c.header(
    "Content-Security-Policy",
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; form-action 'self' ${formLeadsTo}; frame-ancestors 'none'; base-uri 'none'`,
  );
  c.header("Cache-Control", "no-store");
  c.header("Referrer-Policy", "no-referrer");
  return c.html(markup, status);
}
