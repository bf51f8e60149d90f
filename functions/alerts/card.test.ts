import { describe, expect, it } from "vitest";
import { clip, teamsMessage } from "./card.ts";
import type { CardText } from "./card.ts";

const overview = { title: "Open Portal Sync", url: "https://portal.example" };
const card: CardText = {
  title: "Contoso: no event for 26 hours",
  text: "Check the webhook.",
  facts: [{ title: "Last event", value: "2026-01-05T08:00:00.000Z" }],
  link: { title: "Open sync status", url: "https://portal.example/organizations/contoso/portal" },
};
const hostile = ["x", "€", "👋", "\u0001", "\ud83d", '"', "[", "\\"];
const bytes = (message: object) => Buffer.byteLength(JSON.stringify(message));

describe("one change", () => {
  it("is one adaptive card that says what happened, shows the facts and leads to the portal", () => {
    const message = teamsMessage([card], overview);
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

  it("shows names as they are: none of them is markup", () => {
    const name = "[Renew *it* here](https://evil.example) `a_b` \\";
    const facts = [{ title: name, value: name }];
    const text = JSON.stringify(teamsMessage([{ ...card, title: name, text: name, facts }], overview));
    const escaped = String.raw`\[Renew \*it\* here\](https://evil.example) \`a\_b\` \\`;
    expect(text.split(JSON.stringify(escaped))).toHaveLength(5);
  });

  it("cuts no escape in half", () => {
    for (const title of ["*", "\\"].map((character) => character.repeat(1_000)))
      for (const start of ["", "x", "xx", "xxx"]) {
        const text = JSON.stringify(teamsMessage([{ ...card, title: start + title }], overview));
        const [shown = ""] = /[*\\]+…/.exec(text) ?? [];
        expect(JSON.parse(`"${shown}"`)).toMatch(/^(?:\\.)+…$/);
      }
  });

  it.each(hostile)("stays below 20 KB, whatever it is given to say: %j", (character) => {
    const long = character.repeat(100_000);
    const facts = Array.from({ length: 50 }, () => ({ title: long, value: long }));
    const link = { title: long, url: card.link.url + long };
    const text = JSON.stringify(teamsMessage([{ title: long, text: long, facts, link }], overview));
    expect(Buffer.byteLength(text)).toBeLessThan(20_000);
    expect(text).toContain("…");
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toContain("\\ud83d");
  });
});

describe("several changes", () => {
  it("are named one by one, each with a link to its own view", () => {
    const other = { ...card, title: "Fab*rikam: [1] waits", link: { title: "", url: "https://p/f?a=(b)" } };
    const text = JSON.stringify(teamsMessage([card, other], overview));
    expect(text).toContain("2 alerts have changed");
    expect(text).toContain(`[${card.title}](${card.link.url})`);
    expect(text).toContain(String.raw`[Fab\\*rikam: \\[1\\] waits](https://p/f?a=%28b%29)`);
    expect(text).toContain(overview.url);
  });

  it("have no markup but that link", () => {
    const name = "[Renew it](https://evil.example)";
    const text = JSON.stringify(teamsMessage([card, { ...card, title: name, text: name }], overview));
    expect(text.split(String.raw`\\[Renew it\\](https://evil.example)`)).toHaveLength(3);
    expect(text).not.toMatch(/[^\\]\[Renew/);
  });

  it.each(hostile)("stay below 20 KB, and say how many are left out: %j", (character) => {
    const long = character.repeat(5_000);
    for (const each of [card, { ...card, title: `t${long}`, text: long, facts: [] }]) {
      const changes = Array.from({ length: 1_500 }, () => each);
      const message = teamsMessage(changes, overview);
      expect(bytes(message)).toBeLessThan(20_000);
      const shown = JSON.stringify(message).split(`](${card.link.url})`).length - 1;
      expect(shown).toBeGreaterThan(0);
      expect(JSON.stringify(message)).toContain(`And ${1_500 - shown} more.`);
    }
  });
});

it("clips to a number of bytes, and only what is longer", () => {
  expect(clip("short", 10)).toBe("short");
  expect(clip("12345678", 10)).toBe("12345678");
  expect(Buffer.byteLength(JSON.stringify(clip("€".repeat(50), 20)))).toBeLessThanOrEqual(20);
});
