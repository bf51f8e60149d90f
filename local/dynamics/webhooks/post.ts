import * as http from "node:http";
import * as https from "node:https";

/** The request to send. */
export type DeliveryRequest = { url: string; headers: Record<string, string>; body: Buffer };

/** Idle connections are given up before any usual server closes them, so that no delivery meets a dying one. */
const reuse = { keepAlive: true, timeout: 1000 };
const agents = { "http:": new http.Agent(reuse), "https:": new https.Agent(reuse) };

/**
 * POSTs the body and returns the status, the only part of the answer that counts; redirects are not followed.
 * Done without `fetch`, which would add browser headers that Dataverse does not send.
 */
export function post({ url, headers, body }: DeliveryRequest, signal: AbortSignal): Promise<number> {
  const target = new URL(url);
  const options = {
    method: "POST",
    headers: { ...headers, "content-length": String(body.length) },
    agent: target.protocol === "https:" ? agents["https:"] : agents["http:"],
    signal,
  };
  return new Promise((resolve, reject) => {
    const answered = (response: http.IncomingMessage) => {
      response.once("error", reject).once("end", () => resolve(response.statusCode ?? 0));
      // The ignored body is read to its end so that the connection can be used again.
      response.resume();
    };
    const request = (target.protocol === "https:" ? https : http).request(target, options, answered);
    request.once("error", reject);
    request.end(body);
  });
}
