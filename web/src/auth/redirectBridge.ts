import { broadcastResponseToMainFrame } from "@azure/msal-browser/redirect-bridge";

/*
 * Entra sends people back to redirect.html, which hands the answer to the portal and leaves. It mounts no
 * application, and it must never be served with a Cross-Origin-Opener-Policy header.
 */
broadcastResponseToMainFrame().catch(() => location.replace("/"));
