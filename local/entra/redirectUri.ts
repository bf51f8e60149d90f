const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const PATHS = new Set(["/", "/redirect.html"]);

/**
 * The redirect URIs of the local app registration: `/` and `/redirect.html` (MSAL's bridge page) on any
 * port of this machine. A page elsewhere on the network can so never be handed a code.
 */
export function isLoopbackRedirectUri(uri: string): boolean {
  const url = URL.parse(uri);
  return (
    url !== null &&
    (url.protocol === "http:" || url.protocol === "https:") &&
    LOOPBACK.has(url.hostname) &&
    PATHS.has(url.pathname) &&
    url.username === "" &&
    url.search === "" &&
    url.hash === ""
  );
}
