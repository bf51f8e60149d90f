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
 * from people and from Dynamics and have no length one could count on.
 */
const limits = { title: 200, text: 2_000, facts: 10, factTitle: 60, factValue: 200 };

/**
 * The body that a Teams Workflows webhook takes: a message with one adaptive card. Version 1.2 is what the
 * documentation of "When a Teams webhook request is received" shows.
 */
export function teamsMessage(card: CardText): object {
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
          body: [
            {
              type: "TextBlock",
              text: clip(card.title, limits.title),
              weight: "Bolder",
              size: "Medium",
              wrap: true,
            },
            { type: "TextBlock", text: clip(card.text, limits.text), wrap: true },
            { type: "FactSet", facts: card.facts.slice(0, limits.facts).map(clipFact) },
          ],
          actions: [{ type: "Action.OpenUrl", title: card.link.title, url: card.link.url }],
        },
      },
    ],
  };
}

function clipFact({ title, value }: Fact): Fact {
  return { title: clip(title, limits.factTitle), value: clip(value, limits.factValue) };
}

/** At most `length` characters; no character is cut in half. */
function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
}
