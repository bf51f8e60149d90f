import { retryAfterMs } from "../platform/http/retryAfter.ts";
import { teamsMessage } from "./card.ts";
import type { CardText } from "./card.ts";

/**
 * What came of sending a card. `sent`: Teams has it. `refused`: it certainly has not, so it can be sent
 * again. `unknown`: it was on its way when the answer was lost; sending again could show it twice.
 */
export type Sending =
  | { result: "sent" | "unknown" }
  | { result: "refused"; reason: string; retryAfterMs: number | null };

export type SendCard = (card: CardText) => Promise<Sending>;

const timeoutMs = 15_000;
/** Codes of faults that happen before a request leaves this machine: no address, no connection, no trust in the certificate. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|.*SELF_SIGNED.*|UNABLE_TO_.*)$/;

/** Sends cards to a Teams Workflows webhook. Any 2xx is taken as sent, though 202 only says that the flow has begun. */
export function createSendCard(webhookUrl: string, fetcher: typeof fetch = fetch): SendCard {
  return async (card) => {
    try {
      const response = await fetcher(webhookUrl, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(teamsMessage(card)),
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      // The older connectors answered 200 and put the true status in the text.
      const inner = /returned HTTP error (\d{3})/.exec(text)?.[1];
      if (response.ok && !inner) return { result: "sent" };
      return {
        result: "refused",
        reason: `Teams answered ${inner ?? response.status}`,
        retryAfterMs: retryAfterMs(response.headers, Date.now()),
      };
    } catch (error) {
      const code = ((error as { cause?: { code?: unknown } }).cause ?? {}).code;
      if (typeof code === "string" && neverSent.test(code))
        return { result: "refused", reason: `Teams: ${code}`, retryAfterMs: null };
      return { result: "unknown" };
    }
  };
}
