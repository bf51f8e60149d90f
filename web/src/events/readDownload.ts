/** How much of a download has come: bytes, and ends of lines, of which an export has one for each event. */
export interface Received {
  bytes: number;
  lines: number;
}

const endOfLine = 10;

/** Reads an answer to its end and tells how much has come so far. Rejects when it breaks off or is given up. */
export async function readDownload(
  response: Response,
  onProgress: (received: Received) => void,
): Promise<Blob> {
  const type = response.headers.get("content-type") ?? "application/octet-stream";
  if (!response.body) return new Blob([], { type });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let lines = 0;
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    bytes += next.value.byteLength;
    for (const byte of next.value) if (byte === endOfLine) lines++;
    onProgress({ bytes, lines });
  }
  return new Blob(parts, { type });
}

/** The name under which an answer asks to be saved. */
export function fileName(response: Response, otherwise: string): string {
  const disposition = response.headers.get("content-disposition") ?? "";
  return /filename="?([^";/\\]+)"?/.exec(disposition)?.[1] ?? otherwise;
}

/** "1.2 MB": a size that a person reads. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
