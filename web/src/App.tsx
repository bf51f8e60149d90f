import { Spinner } from "@fluentui/react-components";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";
import { explain } from "./api/problem.ts";
import { useMe } from "./api/queries.ts";
import { NoAccessPage } from "./auth/NoAccessPage.tsx";
import { FullPage } from "./components/FullPage.tsx";
import { ProblemMessage } from "./components/ProblemMessage.tsx";
import { PlatformScreen } from "./platform/PlatformScreen.tsx";
import { PortalScreen } from "./portal/PortalScreen.tsx";
import { NotFoundScreen } from "./shell/NotFoundScreen.tsx";
import { Shell } from "./shell/Shell.tsx";
import { portalPath } from "./shell/paths.ts";
import type { useTheme } from "./shell/theme.ts";

/** The portal of a person who is signed in: which screens there are, and which of them this person may open. */
export function App({ theme }: { theme: ReturnType<typeof useTheme> }) {
  const { data: me, error, refetch } = useMe();
  if (error && !me) {
    if (explain(error).code === "role.missing") return <NoAccessPage missing="role" />;
    return (
      <FullPage title="Portal Sync is not available">
        <ProblemMessage error={error} retry={refetch} />
      </FullPage>
    );
  }
  if (!me) return <Spinner style={{ height: "100dvh" }} size="large" label="Loading Portal Sync" />;
  if (me.roles.length === 0) return <NoAccessPage missing="role" />;
  const global = me.roles.includes("Platform.Admin");
  const [first] = me.organizations;
  if (!global && !first) return <NoAccessPage missing="organization" />;
  return (
    <BrowserRouter>
      <Routes>
        <Route element={<Shell me={me} theme={theme} />}>
          <Route
            index
            element={<Navigate replace to={first && !global ? portalPath(first.id) : "/platform"} />}
          />
          {global && <Route path="platform" element={<PlatformScreen organizations={me.organizations} />} />}
          <Route
            path="organizations/:id/portal"
            element={<PortalScreen organizations={me.organizations} />}
          />
          <Route path="*" element={<NotFoundScreen />} />
        </Route>
      </Routes>
    </BrowserRouter>
  );
}
