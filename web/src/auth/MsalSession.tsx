import { InteractionRequiredAuthError } from "@azure/msal-browser";
import { MsalProvider, useMsal } from "@azure/msal-react";
import { useMemo } from "react";
import { NetworkError } from "../api/problem.ts";
import { SessionContext } from "./Session.ts";
import type { Session } from "./Session.ts";
import type { StartedMsal } from "./startMsal.ts";
import type { ReactNode } from "react";

interface MsalSessionProps extends StartedMsal {
  scope: string;
  children: ReactNode;
}

/** Provides the session of the person whom MSAL signed in. */
export function MsalSession({ msal, ...rest }: MsalSessionProps) {
  return (
    <MsalProvider instance={msal}>
      <SessionOfMsal {...rest} />
    </MsalProvider>
  );
}

function SessionOfMsal({ scope, failure, children }: Omit<MsalSessionProps, "msal">) {
  const { instance, accounts } = useMsal();
  const account = instance.getActiveAccount() ?? accounts[0] ?? null;
  const session = useMemo<Session>(() => {
    const leave = (going: Promise<void>) => void going.catch(() => location.reload());
    const scopes = [scope];
    return {
      person: account && { name: account.name ?? account.username, signInName: account.username },
      failure,
      signIn: () => leave(instance.loginRedirect({ scopes, redirectStartPage: location.href })),
      signOut: () => leave(instance.logoutRedirect({ account })),
      getToken: async ({ renew = false } = {}) => {
        if (!account) throw new Error("Nobody is signed in.");
        try {
          const { accessToken } = await instance.acquireTokenSilent({ scopes, account, forceRefresh: renew });
          return accessToken;
        } catch (error) {
          // MSAL does not export its class of this name.
          if (error instanceof Error && error.name === "NetworkError") throw new NetworkError(error);
          if (!(error instanceof InteractionRequiredAuthError)) throw error;
          await instance.acquireTokenRedirect({ scopes, account, redirectStartPage: location.href });
          // The page is on its way to the sign-in: whoever asked must not go on without a token.
          return new Promise<string>(() => undefined);
        }
      },
    };
  }, [instance, account, scope, failure]);
  return <SessionContext value={session}>{children}</SessionContext>;
}
