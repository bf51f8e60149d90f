import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const SPECIFIER = "@azure/functions-core";
const MODULE_URL = "functions-core:virtual";
const SLOT = Symbol.for("local-functions-host.core");

/**
 * Makes `require("@azure/functions-core")` answer `coreApi`. Has to run before the app is loaded: the
 * library looks once and remembers a failed look-up for good.
 *
 * Every source file of the app that is loaded from now on (not those of packages) is added to `files`,
 * which is what a restart on change has to watch.
 */
export function installModuleHooks(coreApi: object, files: Set<string>): void {
  Object.defineProperty(globalThis, SLOT, { value: coreApi });
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== SPECIFIER) return next(specifier, context);
      return { url: MODULE_URL, format: "commonjs", shortCircuit: true };
    },
    load(url, context, next) {
      if (url === MODULE_URL) {
        const source = `module.exports = globalThis[Symbol.for(${JSON.stringify(SLOT.description)})];`;
        return { format: "commonjs", source, shortCircuit: true };
      }
      if (url.startsWith("file:") && !url.includes("/node_modules/")) files.add(fileURLToPath(url));
      return next(url, context);
    },
  });
}
