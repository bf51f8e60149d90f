import { watch } from "node:fs";
import path from "node:path";

/** How long to wait for further changes of the same save, in milliseconds. */
const DEBOUNCE_MS = 150;
const SOURCE = /\.(?:[cm]?[jt]s|json)$/;

/**
 * Calls `onChange` once, with the file's path, when one of `files` changes. With `anySource` any source
 * file in their directories counts, because a file that was missing has no name in the list yet.
 * Returns a function that stops the watch.
 */
export function watchFiles(
  files: string[],
  anySource: boolean,
  onChange: (file: string) => void,
): () => void {
  const wanted = new Set(files);
  let timer: NodeJS.Timeout | undefined;
  const watchers = [...new Set(files.map((file) => path.dirname(file)))].flatMap((directory) => {
    try {
      return watch(directory, (_event, name) => {
        if (name === null) return;
        const file = path.join(directory, name);
        if (!wanted.has(file) && !(anySource && SOURCE.test(name))) return;
        clearTimeout(timer);
        timer = setTimeout(() => {
          stop();
          onChange(file);
        }, DEBOUNCE_MS);
      });
    } catch {
      // A directory that is gone cannot change.
      return [];
    }
  });

  function stop(): void {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  }
  return stop;
}
