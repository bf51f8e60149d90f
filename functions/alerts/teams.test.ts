import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { beforeEach, describe, expect, it } from "vitest";
import { startTeams } from "../../local/teams/startTeams.ts";
import type { RunningTeams } from "../../local/teams/startTeams.ts";
import { teamsMessage } from "./card.ts";
import { createSendMessage } from "./teams.ts";

const title = "Contoso: no event for 26 hours";
const link = { title: "Open", url: "https://portal.example/organizations/contoso/portal" };
const message = teamsMessage([{ title, text: "Check the webhook.", facts: [], link }], link);
const send = createSendMessage();
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
    expect(await send(teams.webhookUrl, message)).toEqual({ result: "sent", answer: "Teams answered 202" });
    const [received] = teams.cards();
    expect(received).toMatchObject({ failure: null });
    expect(JSON.stringify(received)).toContain(title);
  });

  it.each([400, 404, 408, 429, 500, 502, 503])(
    "is refused with status %i, and can be sent again",
    async (status) => {
      teams.failNext(1, status, { "retry-after": "7" });
      expect(await send(teams.webhookUrl, message)).toEqual({
        result: "refused",
        answer: `Teams answered ${status}`,
        retryAfterMs: 7_000,
      });
      expect(await send(teams.webhookUrl, message)).toEqual({ result: "sent", answer: "Teams answered 202" });
      expect(teams.cards()).toHaveLength(1);
    },
  );

  it("is not known to have arrived after a gateway timeout", async () => {
    teams.failNext(1, 504);
    expect(await send(teams.webhookUrl, message)).toEqual({
      result: "unknown",
      answer: "Teams answered 504",
    });
  });

  it("is refused when the true status is in the text, as the older connectors have it", async () => {
    const text =
      "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429";
    teams.failNext(1, 200, {}, text);
    expect(await send(teams.webhookUrl, message)).toMatchObject({
      result: "refused",
      answer: "Teams answered 429",
    });
  });

  it("is refused when nobody listens: nothing can have been sent", async () => {
    const { webhookUrl } = teams;
    const gone = await startTeams({ port: 0 });
    await gone.close();
    const url = webhookUrl.replace(teams.url, gone.url);
    expect(await send(url, message)).toMatchObject({
      result: "refused",
      answer: "Teams: ECONNREFUSED",
    });
  });

  it("follows nobody elsewhere: the address is a secret", async () => {
    teams.failNext(1, 307, { location: "https://elsewhere.example" });
    expect(await send(teams.webhookUrl, message)).toMatchObject({ result: "refused" });
  });

  it("is not known to have arrived when the answer is lost", async () => {
    const server = await breaksOff();
    expect(await send(server.url, message)).toMatchObject({
      result: "unknown",
      answer: expect.stringContaining("lost"),
    });
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
    expect(await createSendMessage(fetcher)(teams.webhookUrl, message)).toMatchObject({ result });
  });
});
