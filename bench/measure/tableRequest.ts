/**
 * What a request to Table Storage is: its table, and `transaction` (a batch, whatever it holds: it is billed as one
 * operation), `point read`, `query` or `other`. `body` is the beginning of the request's body.
 */
export function kindOfRequest(method: string, url: string, body: string): string {
  const path = url.split("?")[0] ?? "";
  if (method === "POST" && path.endsWith("/$batch")) return `${tableOfBatch(body)} transaction`;
  const [, table = "?", keys] = /\/([A-Za-z][A-Za-z0-9]*)(\(.*\))?$/.exec(decodeURIComponent(path)) ?? [];
  if (method !== "GET") return `${table} other`;
  return `${table} ${keys?.includes("RowKey=") ? "point read" : "query"}`;
}

function tableOfBatch(body: string): string {
  return (
    /^(?:POST|PUT|PATCH|MERGE|DELETE|GET) \S*?\/([A-Za-z][A-Za-z0-9]*)(?:\(\S*|\?\S*)? HTTP/m.exec(
      body,
    )?.[1] ?? "?"
  );
}
