import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { beforeEach, describe, expect, it } from "vitest";
import { startTeams } from "../../local/teams/startTeams.ts";
import type { RunningTeams } from "../../local/teams/startTeams.ts";
import type { CardText } from "./card.ts";
import { createSendCard } from "./teams.ts";

const card: CardText = {
  title: "Contoso: no event for 26 hours",
  text: "Check the webhook.",
  facts: [{ title: "Last event", value: "2026-01-05T08:00:00.000Z" }],
  link: { title: "Open sync status", url: "https://portal.example/organizations/contoso/portal" },
};
let teams: RunningTeams;
beforeEach(async () => {
  teams = await startTeams({ port: 0 });
  return () => teams.close();
});

/** A server that takes a connection and breaks it off as soon as a request has come. */
async function breaksOff(): Promise<{ url: string; close: () => void }> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", () => socket.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

describe("sending a card", () => {
  it("puts it into the channel", async () => {
    expect(await createSendCard(teams.webhookUrl)(card)).toEqual({ result: "sent" });
    const [received] = teams.cards();
    expect(received).toMatchObject({ failure: null });
    expect(JSON.stringify(received)).toContain(card.title);
  });

  it.each([429, 500, 502, 503])("is refused with status %i, and can be sent again", async (status) => {
    teams.failNext(1, status, { "retry-after": "7" });
    const send = createSendCard(teams.webhookUrl);
    expect(await send(card)).toEqual({
      result: "refused",
      reason: `Teams answered ${status}`,
      retryAfterMs: 7_000,
    });
    expect(await send(card)).toEqual({ result: "sent" });
    expect(teams.cards()).toHaveLength(1);
  });

  it("is refused when the true status is in the text, as the older connectors have it", async () => {
    const text =
      "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429";
    teams.failNext(1, 200, {}, text);
    expect(await createSendCard(teams.webhookUrl)(card)).toMatchObject({
      result: "refused",
      reason: "Teams answered 429",
    });
  });

  it("is refused when nobody listens: nothing can have been sent", async () => {
    const { webhookUrl } = teams;
    const gone = await startTeams({ port: 0 });
    await gone.close();
    const url = webhookUrl.replace(teams.url, gone.url);
    expect(await createSendCard(url)(card)).toMatchObject({
      result: "refused",
      reason: "Teams: ECONNREFUSED",
    });
  });

  it("follows nobody elsewhere: the address is a secret", async () => {
    teams.failNext(1, 307, { location: "https://elsewhere.example" });
    expect(await createSendCard(teams.webhookUrl)(card)).toMatchObject({ result: "refused" });
  });

  it("is not known to have arrived when the answer is lost", async () => {
    const server = await breaksOff();
    expect(await createSendCard(server.url)(card)).toEqual({ result: "unknown" });
    server.close();
  });

  it.each([
    ["ENOTFOUND", "refused"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "refused"],
    ["UND_ERR_CONNECT_TIMEOUT", "refused"],
    ["ECONNRESET", "unknown"],
    ["UND_ERR_SOCKET", "unknown"],
  ])("after %s is %s", async (code, result) => {
    const fetcher = () => Promise.reject(new TypeError("fetch failed", { cause: { code } }));
    expect(await createSendCard(teams.webhookUrl, fetcher)(card)).toMatchObject({ result });
  });
});
