import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { Markup } from "./cardMarkup.ts";
import { PAGE_STYLE } from "./pageStyle.ts";

/**
 * Shows times in the reader's own zone, and looks for newer cards every two seconds. What is being read
 * never moves: the reader is told of new cards and asks for them.
 */
const PAGE_SCRIPT = `
for (const time of document.querySelectorAll("time")) {
  time.title = time.textContent;
  time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}
const newest = Number(document.body.dataset.newest);
const link = Object.assign(document.createElement("a"), { href: "/" });
async function look() {
  if (document.hidden) return;
  const answer = await fetch("/cards.json?after=" + newest).catch(() => undefined);
  const count = answer?.ok ? (await answer.json()).length : 0;
  if (count === 0) return;
  if (newest === 0) return location.reload();
  const text = count === 1 ? "1 new card: show" : count + " new cards: show";
  if (link.textContent === text) return;
  link.textContent = text;
  document.getElementById("news").replaceChildren(link);
}
setInterval(look, 2000);
document.addEventListener("visibilitychange", look);
`;

const hash = (text: string) => createHash("sha256").update(text).digest("base64");

/** The page runs its own script and style and nothing that a card might bring. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${hash(PAGE_STYLE)}'; script-src 'sha256-${hash(PAGE_SCRIPT)}'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

/** The document around the content. `newest` is the id of the newest card shown, 0 for none. */
export function pageFrame(newest: number, content: Markup): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Portal Sync alerts – local Teams channel</title>
        <link rel="icon" href="data:," />
        ${raw(`<style>${PAGE_STYLE}</style>`)}
      </head>
      <body data-newest="${newest}">
        ${content} ${raw(`<script>${PAGE_SCRIPT}</script>`)}
      </body>
    </html>`;
}
