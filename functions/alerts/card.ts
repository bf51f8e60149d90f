/** One line of a card's table of facts. */
export interface Fact {
  title: string;
  value: string;
}

/** What an alert says: one sentence, the facts behind it, and where to look. */
export interface CardText {
  title: string;
  text: string;
  facts: Fact[];
  link: { title: string; url: string };
}

/**
 * Teams takes 28 KB after rewriting the message, so a request should stay below 20 KB. Names and sentences come
 * from people and from Dynamics and have no length one could count on. Texts are measured in bytes as they are
 * sent: a control character is one character and six bytes.
 */
const maxBytes = 19_000;
const limits = { title: 600, text: 3_000, facts: 10, factTitle: 200, factValue: 600, url: 2_000 };
/** Of a change that shares its card with others. */
const sharedText = 600;

type Element = Record<string, unknown>;

/**
 * The body that a Teams Workflows webhook takes: a message with one adaptive card, for one change or for several.
 * Version 1.2 is what the documentation of "When a Teams webhook request is received" shows. Changes that do not
 * fit are counted.
 */
export function teamsMessage(changes: readonly CardText[], overview: CardText["link"]): object {
  const [only] = changes;
  return only && changes.length === 1 ? single(only) : several(changes, overview);
}

/** Title of a card about several changes. */
export function sharedTitle(changes: readonly CardText[]): string {
  return `${changes.length} alerts have changed`;
}

function single({ title, text, facts, link }: CardText): object {
  return message(
    [
      heading(title),
      { type: "TextBlock", text: plain(text, limits.text), wrap: true },
      { type: "FactSet", facts: facts.slice(0, limits.facts).map(clipFact) },
    ],
    link,
  );
}

function several(changes: readonly CardText[], overview: CardText["link"]): object {
  const body = [heading(sharedTitle(changes))];
  for (const [index, change] of changes.entries()) {
    const next = [...body, ...section(change)];
    const rest = changes.length - index - 1;
    if (bytesOf(message([...next, more(rest)], overview)) > maxBytes) {
      body.push(more(rest + 1));
      break;
    }
    body.push(...section(change));
  }
  return message(body, overview);
}

/** A change among others: its title leads to the view behind it. That link is the only markup of a card. */
function section({ title, text, link }: CardText): Element[] {
  const name = plain(title, limits.title);
  const url = isUsable(link.url) ? link.url.replaceAll("(", "%28").replaceAll(")", "%29") : null;
  return [
    {
      type: "TextBlock",
      text: url === null ? name : `[${name}](${url})`,
      weight: "Bolder",
      wrap: true,
      separator: true,
    },
    { type: "TextBlock", text: plain(text, sharedText), wrap: true, spacing: "None" },
  ];
}

function more(count: number): Element {
  return { type: "TextBlock", text: `And ${count} more.`, wrap: true, separator: true };
}

function heading(title: string): Element {
  return {
    type: "TextBlock",
    text: plain(title, limits.title),
    weight: "Bolder",
    size: "Medium",
    wrap: true,
  };
}

function message(body: Element[], link: CardText["link"]): object {
  const actions = isUsable(link.url)
    ? [{ type: "Action.OpenUrl", title: clip(link.title, limits.factTitle), url: link.url }]
    : [];
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.2",
          body,
          actions,
        },
      },
    ],
  };
}

function isUsable(url: string): boolean {
  return bytesOf(url) <= limits.url;
}

function clipFact({ title, value }: Fact): Fact {
  return { title: plain(title, limits.factTitle), value: plain(value, limits.factValue) };
}

/**
 * A text as TextBlock and FactSet show it, at most so many bytes. Both read Markdown, and a name that is markup could
 * put a link into the channel. The cut leaves no half of an escape.
 */
function plain(text: string, bytes: number): string {
  const escaped = text.replaceAll(/[\\[\]*_`]/g, String.raw`\$&`);
  return clip(escaped, bytes).replace(/(?<!\\)((?:\\{2})*)\\…$/, "$1…");
}

/** At most so many bytes as JSON; no character is cut in half. */
export function clip(text: string, bytes: number): string {
  if (text.length <= bytes && bytesOf(text) <= bytes) return text.toWellFormed();
  let kept = text.slice(0, bytes);
  while (bytesOf(kept) > bytes - 3) kept = kept.slice(0, Math.floor(kept.length * 0.9));
  return `${kept.toWellFormed()}…`;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
