import { expect, it } from "vitest";
import { teamsMessage } from "./card.ts";
import type { CardText } from "./card.ts";

const card: CardText = {
  title: "Contoso: no event for 26 hours",
  text: "Check the webhook.",
  facts: [{ title: "Last event", value: "2026-01-05T08:00:00.000Z" }],
  link: { title: "Open sync status", url: "https://portal.example/organizations/contoso/portal" },
};

it("is one adaptive card that says what happened, shows the facts and leads to the portal", () => {
  const message = teamsMessage(card);
  expect(message).toMatchObject({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          type: "AdaptiveCard",
          version: "1.2",
          actions: [{ type: "Action.OpenUrl", url: card.link.url }],
        },
      },
    ],
  });
  for (const text of [card.title, card.text, "Last event", "2026-01-05T08:00:00.000Z"])
    expect(JSON.stringify(message)).toContain(text);
});

it.each(["x", "€", "👋"])("stays below 20 KB, whatever it is given to say: %s", (character) => {
  const long = character.repeat(100_000);
  const facts = Array.from({ length: 50 }, () => ({ title: long, value: long }));
  const text = JSON.stringify(teamsMessage({ ...card, title: long, text: long, facts }));
  expect(Buffer.byteLength(text)).toBeLessThan(20_000);
  expect(text).toContain("…");
  expect(text.isWellFormed()).toBe(true);
  expect(text).not.toContain("\\ud83d");
});
