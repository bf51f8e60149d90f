import { Spinner } from "@fluentui/react-components";
import { Navigate, Route, Routes } from "react-router";
import { explain } from "./api/problem.ts";
import { useMe } from "./api/queries.ts";
import { NoAccessPage } from "./auth/NoAccessPage.tsx";
import { FullPage } from "./components/FullPage.tsx";
import { GuardedRouter } from "./components/GuardedRouter.tsx";
import { ProblemMessage } from "./components/ProblemMessage.tsx";
import { lazyNamed } from "./components/lazyNamed.ts";
import { PortalScreen } from "./portal/PortalScreen.tsx";
import { NotFoundScreen } from "./shell/NotFoundScreen.tsx";
import { Shell } from "./shell/Shell.tsx";
import { portalPath } from "./shell/paths.ts";
import type { useTheme } from "./shell/theme.ts";

/** The screen that most people open first is loaded at once, the others when they are opened. */
const PlatformScreen = lazyNamed(() => import("./platform/PlatformScreen.tsx"), "PlatformScreen");
const RecordScreen = lazyNamed(() => import("./records/RecordScreen.tsx"), "RecordScreen");
const RejectionsScreen = lazyNamed(() => import("./rejections/RejectionsScreen.tsx"), "RejectionsScreen");
const ReplaysScreen = lazyNamed(() => import("./replays/ReplaysScreen.tsx"), "ReplaysScreen");
const ReplayScreen = lazyNamed(() => import("./replays/ReplayScreen.tsx"), "ReplayScreen");
const SettingsScreen = lazyNamed(() => import("./settings/SettingsScreen.tsx"), "SettingsScreen");
const NewOrganizationScreen = lazyNamed(
  () => import("./platform/new/NewOrganizationScreen.tsx"),
  "NewOrganizationScreen",
);

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
    <GuardedRouter>
      <Routes>
        <Route element={<Shell me={me} theme={theme} />}>
          <Route
            index
            element={<Navigate replace to={first && !global ? portalPath(first.id) : "/platform"} />}
          />
          {global && <Route path="platform" element={<PlatformScreen organizations={me.organizations} />} />}
          {global && <Route path="platform/new/:newId?" element={<NewOrganizationScreen />} />}
          <Route
            path="organizations/:id/portal"
            element={<PortalScreen organizations={me.organizations} />}
          />
          <Route
            path="organizations/:id/records/:recordId"
            element={<RecordScreen organizations={me.organizations} />}
          />
          <Route
            path="organizations/:id/rejections"
            element={<RejectionsScreen organizations={me.organizations} />}
          />
          <Route
            path="organizations/:id/replays"
            element={<ReplaysScreen organizations={me.organizations} />}
          />
          <Route
            path="organizations/:id/replays/:replayId"
            element={<ReplayScreen organizations={me.organizations} />}
          />
          <Route
            path="organizations/:id/settings/:tab?"
            element={<SettingsScreen organizations={me.organizations} />}
          />
          <Route path="*" element={<NotFoundScreen />} />
        </Route>
      </Routes>
    </GuardedRouter>
  );
}
