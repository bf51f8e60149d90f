import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { StartError } from "../startError.ts";

interface PackageJson {
  main?: string;
  type?: string;
}

/**
 * Loads the entry files of the app in `appDirectory`: every file that the glob in package.json's `main`
 * matches, in alphabetical order, as the Node worker does. TypeScript is run by Node itself.
 */
export async function loadApp(appDirectory: string): Promise<void> {
  const packageFile = path.join(appDirectory, "package.json");
  const manifest = await readManifest(packageFile);
  if (!manifest.main)
    throw new StartError(`${packageFile} has no "main". Set it to the app's entry file or a glob of them.`);
  const files = globSync(manifest.main, { cwd: appDirectory }).sort();
  if (files.length === 0)
    throw new StartError(
      `No file matches "main": "${manifest.main}" in ${packageFile}. Build the app first, or correct the path.`,
    );
  const require = createRequire(packageFile);
  for (const file of files) {
    const absolute = path.join(appDirectory, file);
    if (isModule(file, manifest)) await import(pathToFileURL(absolute).href);
    else require(absolute);
  }
}

async function readManifest(file: string): Promise<PackageJson> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as PackageJson;
  } catch (error) {
    throw new StartError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The worker's own rule: .mjs is a module, and so is all but .cjs in a package of type "module". */
function isModule(file: string, manifest: PackageJson): boolean {
  const extension = path.extname(file);
  if (extension === ".mjs" || extension === ".mts") return true;
  return manifest.type === "module" && extension !== ".cjs" && extension !== ".cts";
}
