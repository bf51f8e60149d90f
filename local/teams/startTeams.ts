import { listen, type Listening } from "../listen.ts";
import { teamsApp } from "./app.ts";
import { openChannel, type ReceivedCard } from "./channel.ts";
import { webhookAddress } from "./webhookAddress.ts";

/** What the stand-in is started with. */
type TeamsOptions = {
  /** 0: any free port. */
  port: number;
  /** The name in its addresses, and the interface it listens on. Default `localhost`. */
  host?: string;
  /** Epoch milliseconds. Default: the system's clock. */
  clock?: () => number;
};

/** A running stand-in for a Teams channel with a workflow. */
export type RunningTeams = Listening & {
  /** Where to post cards; the same after a restart on the same port. */
  webhookUrl: string;
  /** Accepted cards, newest first; the last 200. */
  cards(): ReceivedCard[];
  /** Answers the next `times` calls with this status in place of accepting them. */
  failNext(times: number, status: number, headers?: Record<string, string>, body?: string): void;
};

/** Starts a Teams channel that takes cards as a Workflows webhook does. Rejects when the port is taken. */
export async function startTeams({
  port,
  host = "localhost",
  clock = Date.now,
}: TeamsOptions): Promise<RunningTeams> {
  const channel = openChannel(clock);
  const listening = await listen({ port, host }, (url) => teamsApp(channel, url));
  return {
    ...listening,
    webhookUrl: webhookAddress(listening.url),
    cards: () => channel.cards(),
    failNext: (times, status, headers = {}, body = "") => channel.failNext(times, { status, headers, body }),
  };
}
