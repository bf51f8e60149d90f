import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ThemedRoot } from "./ThemedRoot.tsx";
import { startMsal } from "./auth/startMsal.ts";
import { loadConfig } from "./config/portalConfig.ts";
import "./page.css";
import type { Start } from "./ThemedRoot.tsx";

async function start(): Promise<Start> {
  try {
    const config = await loadConfig(() => fetch("/config.json", { cache: "no-cache" }));
    return { config, signIn: await startMsal(config) };
  } catch (error) {
    reportError(error);
    return { error };
  }
}

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <ThemedRoot start={await start()} />
    </StrictMode>,
  );
