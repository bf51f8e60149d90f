import { html } from "hono/html";
import { cardMarkup, type Markup } from "./cardMarkup.ts";
import type { ReceivedCard } from "./channel.ts";
import { pageFrame } from "./pageFrame.ts";

/** The page of the channel: the cards, newest first, and the address to post them to. */
export function channelPage(cards: ReceivedCard[], webhookUrl: string): Markup {
  return pageFrame(
    cards[0]?.id ?? 0,
    html`<header>
        <h1>Portal Sync alerts</h1>
        <p class="quiet">
          The local stand-in for a Teams channel. Cards appear here as Portal Sync sends them; nothing leaves
          this computer.
        </p>
        <details>
          <summary>Webhook address</summary>
          <p class="quiet">
            Enter it in an organization's alert settings, as the address of a Teams workflow.
          </p>
          <code tabindex="0">${webhookUrl}</code>
        </details>
      </header>
      <div id="news" role="status"></div>
      <main>${cards.length > 0 ? cards.map(postMarkup) : emptyMarkup()}</main>`,
  );
}

function postMarkup({ id, receivedAt, bytes, failure, card, content }: ReceivedCard): Markup {
  return html`<article aria-labelledby="post-${id}">
    <div class="meta" id="post-${id}">
      <h2>Workflows</h2>
      <time datetime="${receivedAt}">${receivedAt.slice(0, 19).replace("T", " ")} UTC</time>
      <span class="size">${(bytes / 1024).toFixed(1)} KB of 28 KB</span>
    </div>
    ${
      card
        ? cardMarkup(card)
        : html`<div class="failure">
            <p class="bolder">Accepted, but never posted</p>
            <p>${failure}</p>
            <p>The sender was answered 202: only the run history of the workflow tells.</p>
            <details>
              <summary>The card as it was sent</summary>
              <pre tabindex="0">${JSON.stringify(content, null, 2).slice(0, 4000)}</pre>
            </details>
          </div>`
    }
  </article>`;
}

function emptyMarkup(): Markup {
  return html`<div class="empty">
    <h2>No cards yet</h2>
    <p class="quiet">
      Portal Sync sends one when an organization falls silent or its errors pile up. To see one now, send a
      test alert from an organization's alert settings.
    </p>
  </div>`;
}
