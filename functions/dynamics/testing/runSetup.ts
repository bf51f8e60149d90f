import type { SetupRequest } from "../../contracts/setup.ts";

/** A request that was sent, and how it was answered. */
export interface SentRequest {
  method: string;
  url: string;
  status: number;
}

/**
 * Carries out the requests of a setup guide as its script does, against the environment at that address. Throws
 * what the guide says where something is missing that has to be there.
 */
export async function runSetup(
  environmentUrl: string,
  requests: readonly SetupRequest[],
  webhookKey: string,
  headers: Record<string, string> = {},
): Promise<SentRequest[]> {
  const found = new Map([["webhookKey", JSON.stringify(webhookKey).slice(1, -1)]]);
  const complete = (text: string) =>
    [...found].reduce((done, [name, value]) => done.replaceAll(`{${name}}`, value), text);
  const sent: SentRequest[] = [];
  let exists = false;
  for (const { method, url, body, when, keep, ifNothing } of requests) {
    if ((when === "found" && !exists) || (when === "missing" && exists)) continue;
    const response = await fetch(environmentUrl + complete(url), {
      method,
      headers: {
        ...headers,
        accept: "application/json",
        ...(method === "POST" ? { prefer: "return=representation" } : {}),
        ...(method === "PATCH" ? { "if-match": "*" } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
      },
      ...(body === undefined ? {} : { body: complete(JSON.stringify(body)) }),
    });
    const text = await response.text();
    sent.push({ method, url, status: response.status });
    if (!response.ok) throw new Error(`${method} ${complete(url)} was answered ${response.status}: ${text}`);
    let row = (text === "" ? null : JSON.parse(text)) as Record<string, unknown> | null;
    if (method === "GET") {
      if (Array.isArray(row?.["value"]))
        row = (row["value"][0] as Record<string, unknown> | undefined) ?? null;
      exists = row !== null;
      if (!exists && ifNothing !== null) throw new Error(ifNothing);
    }
    if (keep && row) found.set(keep.name, String(row[keep.property]));
  }
  return sent;
}
