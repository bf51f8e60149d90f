import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import type { Plugin, PreviewServer, ViteDevServer } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Serves `/config.json` in development and preview from the file that `PORTAL_CONFIG` names. A deployment puts a
 * file of that name beside `index.html` instead, so that one build fits every environment.
 */
function portalConfig(): Plugin {
  const serve = (server: ViteDevServer | PreviewServer): void => {
    const file = process.env["PORTAL_CONFIG"];
    if (!file) return;
    server.middlewares.use("/config.json", (_request, response, next) => {
      readFile(file).then((content) => {
        response.setHeader("content-type", "application/json");
        response.setHeader("cache-control", "no-cache");
        response.end(content);
      }, next);
    });
  };
  return { name: "portal-config", configureServer: serve, configurePreviewServer: serve };
}

export default defineConfig({
  root: here("."),
  plugins: [react(), portalConfig()],
  server: { port: 5173, strictPort: true, fs: { allow: [here("..")] } },
  preview: { port: 5173, strictPort: true },
  build: {
    target: "es2023",
    outDir: here("dist"),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { index: here("index.html"), redirect: here("redirect.html") },
      // The contracts build schemas when they load; the portal takes only their types and plain data.
      treeshake: { manualPureFunctions: ["z"] },
      output: {
        codeSplitting: {
          // Libraries change rarely: in files of their own they stay cached from release to release. Only what the
          // first screen needs is gathered; the libraries of a part that is loaded later come with it.
          groups: [
            { name: "sign-in", tags: ["$initial"], test: /node_modules[\\/]@azure[\\/]msal/, priority: 2 },
            { name: "vendor", tags: ["$initial"], test: /node_modules/, priority: 1 },
          ],
        },
      },
    },
  },
});
