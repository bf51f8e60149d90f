import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Most script that the portal's first page may load, in bytes of gzip. */
const firstLoadLimit = 330_000;

/**
 * Adds up the scripts that `index.html` loads at once, with all that they import statically; lazy chunks do not
 * count. Returns a sentence with the size; throws when it is over the limit.
 */
export function checkFirstLoad(folder: string): string {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  const seen = new Map<string, number>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    const source = readFileSync(join(folder, path), "utf8");
    seen.set(path, gzipSync(source).byteLength);
    for (const match of source.matchAll(
      /(?:^|[;}\s])(?:import|export)[^"'()]*?from\s*["']\.\/([^"']+)["']|(?:^|[;}\s])import\s*["']\.\/([^"']+)["']/g,
    ))
      visit(join("assets", match[1] ?? match[2] ?? ""));
  };
  for (const match of html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)) visit(match[1] ?? "");
  const total = [...seen.values()].reduce((sum, size) => sum + size, 0);
  const sentence = `The portal's first load is ${Math.round(total / 1000)} kB of script (gzip) in ${seen.size} files; the limit is ${firstLoadLimit / 1000} kB.`;
  if (seen.size === 0 || total > firstLoadLimit) throw new Error(sentence);
  return sentence;
}
