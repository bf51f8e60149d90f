/** For tests alone: the body of a webhook call with one card, as Portal Sync sends it. */
export function sampleMessage(content: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            {
              type: "TextBlock",
              text: "Contoso Association: no event for 26 hours",
              weight: "Bolder",
              size: "Medium",
              color: "Attention",
              wrap: true,
            },
            {
              type: "FactSet",
              facts: [
                { title: "Last event", value: "2026-01-05 08:12 UTC" },
                { title: "Threshold", value: "24 hours" },
              ],
            },
          ],
          actions: [
            { type: "Action.OpenUrl", title: "Open sync status", url: "http://localhost:5173/contoso" },
          ],
          ...content,
        },
      },
    ],
  };
}
