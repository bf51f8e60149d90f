/**
 * Values of a route template's parameters, taken from the address itself: with HTTP streaming the host mixes
 * query values among `request.params`, where a caller could overwrite the organization of the path.
 */
export function pathParameters(template: string, address: string): Record<string, string> {
  const names = template.split("/");
  const segments = new URL(address).pathname.split("/").filter(Boolean).slice(-names.length);
  const values: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    if (name.startsWith("{")) values[name.slice(1, -1)] = decode(segments[index] ?? "");
  }
  return values;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
