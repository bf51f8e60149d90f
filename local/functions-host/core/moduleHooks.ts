import { registerHooks } from "node:module";
import type { LoadFnOutput } from "node:module";
import { fileURLToPath } from "node:url";

const SPECIFIER = "@azure/functions-core";
const MODULE_URL = "functions-core:virtual";
const SLOT = "local-functions-host";
const FROM_SLOT = `globalThis[Symbol.for(${JSON.stringify(SLOT)})]`;
const STRICT = /^\s*["']use strict["']/;

/** What the app's modules get from the host. */
interface Injected {
  /** What `require("@azure/functions-core")` answers. */
  coreApi: object;
  /** The `Date` of the app's own modules. */
  Date: DateConstructor;
}

/**
 * Prepares the loading of the app; has to run before it, because the library looks for its virtual module
 * once and remembers a failed look-up for good.
 *
 * The app's own modules see the injected `Date`; packages keep the real one, because signatures, tokens and
 * lock times are agreed upon with other machines. Every one of these modules is added to `files`, which is
 * what a restart on change has to watch.
 */
export function installModuleHooks(injected: Injected, files: Set<string>): void {
  Object.defineProperty(globalThis, Symbol.for(SLOT), { value: injected });
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== SPECIFIER) return next(specifier, context);
      return { url: MODULE_URL, format: "commonjs", shortCircuit: true };
    },
    load(url, context, next) {
      if (url === MODULE_URL)
        return { format: "commonjs", source: `module.exports = ${FROM_SLOT}.coreApi;`, shortCircuit: true };
      const loaded = next(url, context);
      if (!url.startsWith("file:") || url.includes("/node_modules/")) return loaded;
      files.add(fileURLToPath(url));
      return loaded.format === "json" ? loaded : withInjectedDate(loaded);
    },
  });
}

/** Stays on the first line, so that line numbers of the app hold. */
function withInjectedDate(loaded: LoadFnOutput): LoadFnOutput {
  if (loaded.source === undefined) return loaded;
  const source =
    typeof loaded.source === "string" ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString();
  const directive = STRICT.test(source) ? '"use strict"; ' : "";
  return { ...loaded, source: `${directive}const Date = ${FROM_SLOT}.Date; ${source}` };
}
