import { readdirSync, statSync, watch } from "node:fs";
import type { FSWatcher } from "node:fs";
import path from "node:path";

/** How long to wait for further changes of the same save, in milliseconds. */
const DEBOUNCE_MS = 150;
const SOURCE = /\.(?:[cm]?[jt]s|json)$/;

/**
 * Calls `onChange` once, with the file's path, when one of `files` changes or has changed after `since`, in
 * milliseconds since the epoch. With `anySource` any source file in their directories counts, because a file that was
 * missing has no name in the list yet. Returns a function that stops the watch.
 */
export function watchFiles(
  files: string[],
  anySource: boolean,
  since: number,
  onChange: (file: string) => void,
): () => void {
  const wanted = new Set(files);
  const isWatched = (file: string) => wanted.has(file) || (anySource && SOURCE.test(file));
  let timer: NodeJS.Timeout | undefined;
  const watchers: FSWatcher[] = [];
  for (const directory of new Set(files.map((file) => path.dirname(file)))) {
    const inside = (name: string) => path.join(directory, name);
    try {
      watchers.push(
        watch(directory, (_event, name) => {
          if (name !== null && isWatched(inside(name))) changed(inside(name));
        }),
      );
      // Looked for after the watch has begun, so that nothing falls between the two.
      const watched = readdirSync(directory).map(inside).filter(isWatched);
      for (const file of watched) if (changedAt(file) > since) changed(file);
    } catch {
      // A directory that is gone cannot change.
    }
  }

  function changed(file: string): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stop();
      onChange(file);
    }, DEBOUNCE_MS);
  }

  function stop(): void {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  }
  return stop;
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
