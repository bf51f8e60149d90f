import { retryAfterMs } from "../platform/http/retryAfter.ts";

/**
 * What came of sending a card. `sent`: Teams has it. `refused`: it certainly has not, so it can be sent
 * again. `unknown`: no answer came that says which of the two; sending again could show it twice.
 * `answer` says it in words, without the address.
 */
export type Sending =
  | { result: "sent" | "unknown"; answer: string }
  | { result: "refused"; answer: string; retryAfterMs: number | null };

/** Sends a message to the Teams Workflows webhook at this address, which is a secret. */
export type SendMessage = (address: string, message: object) => Promise<Sending>;

/** A sending that takes longer has failed, in milliseconds. */
export const sendTimeoutMs = 15_000;
/** Codes of faults that happen before a request leaves this machine: no address, no connection, no trust in the certificate. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|.*SELF_SIGNED.*|UNABLE_TO_.*)$/;
/** Gateway timeout: something on the way waited in vain for the flow, which may have begun. It leaves open what became of the request. */
const saysNothing = 504;

/** Sends to Teams Workflows webhooks. Any 2xx is taken as sent, though 202 only says that the flow has begun. */
export function createSendMessage(fetcher: typeof fetch = fetch): SendMessage {
  return async (address, message) => {
    try {
      const response = await fetcher(address, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(message),
        redirect: "manual",
        signal: AbortSignal.timeout(sendTimeoutMs),
      });
      const text = await response.text();
      // The older connectors answered 200 and put the true status in the text.
      const inner = /returned HTTP error (\d{3})/.exec(text)?.[1];
      const status = Number(inner ?? response.status);
      const answer = `Teams answered ${status}`;
      if (response.ok && !inner) return { result: "sent", answer };
      if (status === saysNothing) return { result: "unknown", answer };
      return { result: "refused", answer, retryAfterMs: retryAfterMs(response.headers, Date.now()) };
    } catch (error) {
      const code = codeOf(error);
      if (code !== null && neverSent.test(code))
        return { result: "refused", answer: `Teams: ${code}`, retryAfterMs: null };
      return { result: "unknown", answer: `Teams' answer was lost${code === null ? "" : `: ${code}`}` };
    }
  };
}

function codeOf(error: unknown): string | null {
  const { code } = (error as { cause?: { code?: unknown } }).cause ?? {};
  return typeof code === "string" ? code : null;
}
