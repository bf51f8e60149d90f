import { beforeEach, describe, expect, it } from "vitest";
import type { ReceivedCard } from "./channel.ts";
import { sampleMessage } from "./sampleMessage.ts";
import { startTeams, type RunningTeams } from "./startTeams.ts";

const MONDAY = Date.UTC(2026, 0, 5, 8, 0, 0);
let teams: RunningTeams;
beforeEach(async () => {
  teams = await startTeams({ port: 0, clock: () => MONDAY });
  return () => teams.close();
});

async function post(body: unknown, url = teams.webhookUrl): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: text });
}
const page = async () => (await fetch(teams.url)).text();
const cardWith = (element: object) => sampleMessage({ body: [element] });

describe("accepting", () => {
  it("answers 202 without a word and shows the card", async () => {
    const response = await post(sampleMessage());
    expect(response.status).toBe(202);
    expect(await response.text()).toBe("");
    expect(teams.cards()).toMatchObject([{ receivedAt: "2026-01-05T08:00:00.000Z", failure: null }]);
    const text = await page();
    expect(text).toContain("Contoso Association: no event for 26 hours");
    expect(text).toContain("<dt>Last event</dt>");
    expect(text).toContain('href="http://localhost:5173/contoso"');
  });

  it("posts every attachment as a card of its own", async () => {
    const message = sampleMessage();
    const attachments = message["attachments"] as object[];
    await post({ ...message, attachments: [...attachments, ...attachments] });
    expect(teams.cards()).toHaveLength(2);
  });

  it("shows a card's text as text", async () => {
    await post(cardWith({ type: "TextBlock", text: "<img src=x onerror=alert(1)>" }));
    expect(await page()).toContain("&lt;img src=x");
  });

  it("shows a text that is a link as one, and no other Markdown", async () => {
    for (const text of [
      String.raw`[Con\[1\]: <b>](https://p.example/a?b=1)`,
      "[x](javascript:alert(1))",
      "*a*",
      String.raw`\[b\](https://p.example) c:\d`,
    ])
      await post(cardWith({ type: "TextBlock", text }));
    const text = await page();
    expect(text).toContain('<a href="https://p.example/a?b=1"');
    expect(text).toContain(">Con[1]: &lt;b&gt;</a>");
    expect(text).toContain("[x](javascript:alert(1))</p>");
    expect(text).toContain("*a*</p>");
    expect(text).toContain(String.raw`[b](https://p.example) c:\d</p>`);
  });

  it("names elements that it does not draw", async () => {
    await post(cardWith({ type: "ColumnSet", columns: [] }));
    expect(await page()).toContain("ColumnSet is shown in Teams, not here.");
  });

  it("keeps the last 200 cards, newest first", async () => {
    for (let n = 1; n <= 201; n++) await post(cardWith({ type: "TextBlock", text: `Card ${n}` }));
    const cards = teams.cards();
    expect(cards).toHaveLength(200);
    expect(cards[0]).toMatchObject({ content: { body: [{ text: "Card 201" }] } });
    expect(cards[199]).toMatchObject({ content: { body: [{ text: "Card 2" }] } });
  });
});

describe("accepting what then fails in the flow", () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      "a message over 28 KB",
      cardWith({ type: "TextBlock", text: "x".repeat(28 * 1024) }),
      /bytes; Teams takes 28672/,
    ],
    ["a version that Teams does not show", sampleMessage({ version: "1.6" }), /At version/],
    ["content that is no card", sampleMessage({ type: "MessageCard" }), /At type/],
    ["a text block without text", cardWith({ type: "TextBlock" }), /At body\.0/],
    ["a submit action", sampleMessage({ actions: [{ type: "Action.Submit" }] }), /At actions\.0/],
    [
      "a submit action behind another one",
      sampleMessage({
        actions: [{ type: "Action.ShowCard", card: { actions: [{ type: "Action.Submit" }] } }],
      }),
      /At actions\.0\.card\.actions\.0/,
    ],
    [
      "a link without an address",
      sampleMessage({ actions: [{ type: "Action.OpenUrl", url: "/" }] }),
      /At actions\.0/,
    ],
    [
      "a link that runs a script",
      sampleMessage({ actions: [{ type: "Action.OpenUrl", url: "javascript:alert(1)" }] }),
      /At actions\.0/,
    ],
  ])("says so about %s, but not to the sender", async (_, message, reason) => {
    expect((await post(message)).status).toBe(202);
    expect(teams.cards()).toMatchObject([{ card: null, failure: expect.stringMatching(reason) }]);
    expect(await page()).toContain("Accepted, but never posted");
  });

  it("looks through a card however deep it is", async () => {
    const depth = 12_000;
    const deep = `${"[".repeat(depth)}{"type":"Action.Submit"}${"]".repeat(depth)}`;
    const text = JSON.stringify(cardWith({ type: "Container", items: "deep" })).replace('"deep"', deep);
    expect((await post(text)).status).toBe(202);
    expect(teams.cards()).toMatchObject([{ card: null, failure: expect.stringMatching(/cannot submit/) }]);
  });

  it("takes a message of exactly 28 KB", async () => {
    const empty = JSON.stringify(cardWith({ type: "TextBlock", text: "" })).length;
    await post(cardWith({ type: "TextBlock", text: "x".repeat(28 * 1024 - empty) }));
    expect(teams.cards()).toMatchObject([{ bytes: 28 * 1024, failure: null }]);
  });
});

describe("refusing", () => {
  it.each([
    ["without a signature", (url: string) => url.replace(/&sig=.*/, "")],
    ["with a wrong signature", (url: string) => `${url}x`],
  ])("answers 401 %s", async (_, change) => {
    const response = await post(sampleMessage(), change(teams.webhookUrl));
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: "DirectApiAuthorizationRequired" } });
  });

  it.each([
    ["no JSON", "{"],
    ["another type", { ...sampleMessage(), type: "MessageCard" }],
    ["no attachments", { type: "message" }],
    ["an empty list of attachments", { type: "message", attachments: [] }],
    [
      "an attachment of another type",
      { type: "message", attachments: [{ contentType: "text/html", content: {} }] },
    ],
  ])("answers 400 to %s", async (_, body) => {
    expect((await post(body)).status).toBe(400);
    expect(teams.cards()).toEqual([]);
  });
});

describe("failing on order", () => {
  it("fails the next calls and then works again", async () => {
    teams.failNext(2, 429, { "retry-after": "7" });
    const first = await post(sampleMessage());
    expect(first.status).toBe(429);
    expect(first.headers.get("retry-after")).toBe("7");
    expect((await post(sampleMessage())).status).toBe(429);
    expect((await post(sampleMessage())).status).toBe(202);
    expect(teams.cards()).toHaveLength(1);
  });

  it("takes the order from another process, with a body", async () => {
    const body = "Microsoft Teams endpoint returned HTTP error 413";
    const ordered = await post({ status: 200, body }, `${teams.url}/fail`);
    expect(ordered.status).toBe(204);
    const response = await post(sampleMessage());
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(body);
  });

  it("says what is wrong with an order", async () => {
    const response = await post({ times: 0, status: 500 }, `${teams.url}/fail`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("times");
  });
});

describe("reading from another process", () => {
  it("gives the cards after a known one", async () => {
    await post(cardWith({ type: "TextBlock", text: "first" }));
    await post(cardWith({ type: "TextBlock", text: "second" }));
    const all = (await (await fetch(`${teams.url}/cards.json`)).json()) as ReceivedCard[];
    expect(all).toEqual(teams.cards());
    const later = await fetch(`${teams.url}/cards.json?after=${all[1]!.id}`);
    expect(await later.json()).toEqual([all[0]]);
  });
});

it("keeps its address over a restart on the same port", async () => {
  const { port, webhookUrl } = teams;
  await teams.close();
  teams = await startTeams({ port });
  expect(teams.webhookUrl).toBe(webhookUrl);
});
