import { asText } from "../data/columns.ts";
import type { Row } from "../data/store.ts";
import type { WebhookJob } from "./job.ts";

/** How an endpoint row says that its requests are authenticated (column `authtype`). */
const AUTH = { webhookKey: 4, httpHeader: 5, httpQueryString: 6 };

/** The address that a delivery goes to: with the key, or the configured parameters, in its query string. */
export function deliveryUrl(endpoint: Row): string {
  const url = new URL(asText(endpoint.values["url"]));
  const secret = asText(endpoint.values["authvalue"]);
  if (endpoint.values["authtype"] === AUTH.webhookKey) url.searchParams.set("code", secret);
  if (endpoint.values["authtype"] === AUTH.httpQueryString) {
    for (const [name, value] of parseSettings(secret)) url.searchParams.set(name, value);
  }
  return url.href;
}

/** The headers of a delivery: who sends, what about, and the endpoint's own authentication headers. */
export function deliveryHeaders(endpoint: Row, job: WebhookJob, domainName: string): Record<string, string> {
  const own = endpoint.values["authtype"] === AUTH.httpHeader;
  return {
    ...(own ? Object.fromEntries(parseSettings(asText(endpoint.values["authvalue"]))) : {}),
    "content-type": "application/json",
    "x-request-id": job.requestId,
    "x-ms-correlation-request-id": job.correlationId,
    "x-ms-dynamics-organization": domainName,
    "x-ms-dynamics-entity-name": job.table,
    "x-ms-dynamics-request-name": job.message,
    ...(job.sizeExceeded ? { "x-ms-dynamics-msg-size-exceeded": "true" } : {}),
  };
}

/** Reads `<settings><setting name="X" value="Y" /></settings>`, the form in which several values are configured. */
function parseSettings(xml: string): [name: string, value: string][] {
  const settings = xml.matchAll(/<setting\s+name="([^"]*)"\s+value="([^"]*)"\s*\/>/g);
  return [...settings].map(([, name = "", value = ""]) => [unescapeXml(name), unescapeXml(value)]);
}

function unescapeXml(text: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? "");
}
