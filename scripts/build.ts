import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { buildWeb } from "../local/stack/web.ts";
import { checkFirstLoad } from "./firstLoad.ts";
import { root } from "./run.ts";

/**
 * Builds what is deployed: `dist/app`, the Functions app as one file without node_modules (short cold start),
 * and `dist/web`, the web portal. Fails when the portal's first load has grown over its limit.
 */
const dist = join(root, "dist");
process.env.NODE_ENV = "production";
rmSync(dist, { recursive: true, force: true });

await build({
  root,
  configFile: false,
  logLevel: "warn",
  build: {
    ssr: "functions/index.ts",
    target: "node22",
    outDir: join(dist, "app"),
    sourcemap: true,
    copyPublicDir: false,
    // The host provides its own half of @azure/functions at run time.
    rolldownOptions: { external: ["@azure/functions-core"], output: { entryFileNames: "index.js" } },
  },
  ssr: { noExternal: true },
});
const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  name: string;
  version: string;
};
writeFileSync(
  join(dist, "app/package.json"),
  `${JSON.stringify({ name, version, type: "module", main: "index.js" }, null, 2)}\n`,
);
copyFileSync(join(root, "host.json"), join(dist, "app/host.json"));

await buildWeb(join(dist, "web"));
console.log(checkFirstLoad(join(dist, "web")));
