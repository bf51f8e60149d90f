import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import {
  isFactSet,
  isOpenUrl,
  isTextBlock,
  type AdaptiveCard,
  type CardAction,
  type CardElement,
} from "./adaptiveCard.ts";

/** Markup in which every inserted value has been escaped. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Draws a card: text, facts and links as Teams would; of anything else only the name. */
export function cardMarkup({ body, actions }: AdaptiveCard): Markup {
  return html`<div class="card">
    ${body.map(elementMarkup)}
    ${actions.length > 0 ? html`<div class="actions">${actions.map(actionMarkup)}</div>` : ""}
  </div>`;
}

function elementMarkup(element: CardElement): Markup {
  if (isTextBlock(element)) {
    const style = [
      element.weight?.toLowerCase() === "bolder" && "bolder",
      ["medium", "large", "extralarge"].includes(element.size?.toLowerCase() ?? "") && "large",
      element.isSubtle && "subtle",
      element.color && `color-${element.color.toLowerCase()}`,
    ];
    return html`<p class="${style.filter(Boolean).join(" ")}">${linked(element.text)}</p>`;
  }
  if (isFactSet(element)) {
    return html`<dl>
      ${element.facts.map(
        ({ title, value }) =>
          html`<div>
            <dt>${unescaped(title)}</dt>
            <dd>${unescaped(value)}</dd>
          </div>`,
      )}
    </dl>`;
  }
  return notShown(element.type);
}

/** A text that is one Markdown link, as Teams shows it; of other Markdown nothing is shown but its text. */
function linked(text: string): Markup | string {
  const [, label, url] = /^\[((?:[^\\\]]|\\.)+)\]\((https?:[^)\s]+)\)$/.exec(text) ?? [];
  if (label === undefined || url === undefined) return unescaped(text);
  return html`<a href="${url}" target="_blank" rel="noopener noreferrer">${unescaped(label)}</a>`;
}

/** A text whose characters of Markdown are escaped, as Teams shows it. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([!-/:-@[-`{-~])/g, "$1");
}

function actionMarkup(action: CardAction): Markup {
  if (!isOpenUrl(action)) return notShown(action.type);
  return html`<a class="action" href="${action.url}" target="_blank" rel="noopener noreferrer"
    >${action.title ?? action.url}</a
  >`;
}

function notShown(type: string): Markup {
  return html`<p class="subtle">${type} is shown in Teams, not here.</p>`;
}
