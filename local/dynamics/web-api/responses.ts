import type { ApiRequest } from "./request.ts";

/** An answer with a JSON body. */
export function json(
  request: ApiRequest,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json; odata.metadata=minimal",
      "odata-version": "4.0",
      ...appliedPreferences(request),
      ...headers,
    },
  });
}

/** An answer without a body. */
export function empty(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { "odata-version": "4.0", ...headers } });
}

/** The address of a row. */
export function rowAddress(root: string, setName: string, id: string): string {
  return `${root}/${setName}(${id})`;
}

const APPLIED = ["odata.include-annotations", "odata.maxpagesize", "odata.track-changes", "return"];

function appliedPreferences({ preferences }: ApiRequest): Record<string, string> {
  const applied = APPLIED.filter((name) => preferences.has(name)).map((name) => {
    const value = preferences.get(name);
    if (!value) return name;
    return name === "odata.include-annotations" ? `${name}="${value}"` : `${name}=${value}`;
  });
  return applied.length > 0 ? { "preference-applied": applied.join(",") } : {};
}
