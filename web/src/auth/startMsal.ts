import { PublicClientApplication } from "@azure/msal-browser";
import type { PortalConfig } from "../config/portalConfig.ts";

/** MSAL ready for use, and the sentence about a sign-in that just failed, if one did. */
export interface StartedMsal {
  msal: PublicClientApplication;
  failure: string | null;
}

const signInFailed =
  "Sign in again. If that does not help, check your connection, or ask your Microsoft Entra administrator whether you may use Portal Sync.";

/** Starts MSAL and takes in the answer of a sign-in that has just come back. */
export async function startMsal(config: PortalConfig): Promise<StartedMsal> {
  const msal = new PublicClientApplication({
    auth: {
      clientId: config.clientId,
      authority: `https://login.microsoftonline.com/${config.tenantId}`,
      redirectUri: `${location.origin}/redirect.html`,
      postLogoutRedirectUri: location.origin,
      ...(config.authorityMetadata ? { authorityMetadata: config.authorityMetadata } : {}),
    },
    cache: { cacheLocation: "sessionStorage" },
  });
  await msal.initialize();
  try {
    const answer = await msal.handleRedirectPromise();
    msal.setActiveAccount(answer?.account ?? msal.getActiveAccount() ?? msal.getAllAccounts()[0] ?? null);
    if (!msal.getActiveAccount()) forgetSignOut();
    return { msal, failure: null };
  } catch (error) {
    reportError(error);
    return { msal, failure: signInFailed };
  }
}

/** Entra comes back from a sign-out with a `state` in the address that means nothing to anybody any more. */
function forgetSignOut(): void {
  if (new URLSearchParams(location.search).has("state")) history.replaceState(null, "", location.pathname);
}
