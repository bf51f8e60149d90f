import { FluentProvider, webDarkTheme, webLightTheme } from "@fluentui/react-components";
import { App } from "./App.tsx";
import { ApiProvider } from "./api/ApiProvider.tsx";
import { MsalSession } from "./auth/MsalSession.tsx";
import { useSession } from "./auth/Session.ts";
import { SignInPage } from "./auth/SignInPage.tsx";
import { ErrorBoundary } from "./components/ErrorBoundary.tsx";
import { StartFailure } from "./config/StartFailure.tsx";
import { useTheme } from "./shell/theme.ts";
import type { StartedMsal } from "./auth/startMsal.ts";
import type { PortalConfig } from "./config/portalConfig.ts";

/** What starting came to: everything that is needed, or the error that prevented it. */
export type Start = { config: PortalConfig; signIn: StartedMsal } | { error: unknown };

/** The whole portal in the chosen theme. */
export function ThemedRoot({ start }: { start: Start }) {
  const theme = useTheme();
  return (
    <FluentProvider theme={theme.dark ? webDarkTheme : webLightTheme}>
      <ErrorBoundary>
        {"error" in start ? (
          <StartFailure error={start.error} />
        ) : (
          <MsalSession {...start.signIn} scope={start.config.scope}>
            <SignedIn apiBaseUrl={start.config.apiBaseUrl} theme={theme} />
          </MsalSession>
        )}
      </ErrorBoundary>
    </FluentProvider>
  );
}

function SignedIn({ apiBaseUrl, theme }: { apiBaseUrl: string; theme: ReturnType<typeof useTheme> }) {
  const { person } = useSession();
  if (!person) return <SignInPage />;
  return (
    <ApiProvider baseUrl={apiBaseUrl}>
      <App theme={theme} />
    </ApiProvider>
  );
}
