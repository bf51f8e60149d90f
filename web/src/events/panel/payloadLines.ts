/** A payload as the lines in which it is shown. */
export function payloadLines(payload: unknown): string[] {
  return JSON.stringify(payload, null, 2).split("\n");
}

/** A piece of a line; `hit` is set on what was searched for. */
export interface LinePart {
  text: string;
  hit: boolean;
}

/** Indexes of the lines that contain a text, whatever its case. Nothing is found when there is nothing to find. */
export function findLines(lines: string[], search: string): number[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return [];
  return lines.flatMap((line, index) => (line.toLowerCase().includes(wanted) ? [index] : []));
}

/** Cuts a line at every place where a text occurs, so that the hits can be marked. */
export function splitLine(line: string, search: string): LinePart[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return [{ text: line, hit: false }];
  const lower = line.toLowerCase();
  const parts: LinePart[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) parts.push({ text: line.slice(from, at), hit: false });
    from = at + wanted.length;
    parts.push({ text: line.slice(at, from), hit: true });
  }
  if (from < line.length) parts.push({ text: line.slice(from), hit: false });
  return parts;
}
