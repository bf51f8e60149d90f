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
            { type: "TextBlock", text: card.title, weight: "Bolder", size: "Medium", wrap: true },
            { type: "TextBlock", text: card.text, wrap: true },
            { type: "FactSet", facts: card.facts },
          ],
          actions: [{ type: "Action.OpenUrl", title: card.link.title, url: card.link.url }],
        },
      },
    ],
  };
}
