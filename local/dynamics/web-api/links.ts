import type { ApiRequest } from "./request.ts";

/** The address of the same query, with some options replaced. */
export function linkTo(request: ApiRequest, path: string, changes: Record<string, string | null>): string {
  const parameters = new URLSearchParams(request.parameters);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  }
  const query = [...parameters].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return `${request.root}/${path}?${query}`;
}
