import { makeStyles, tokens } from "@fluentui/react-components";
import { Suspense, useState } from "react";
import { Outlet, useLocation, useNavigate, useParams } from "react-router";
import { ErrorBoundary } from "../components/ErrorBoundary.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { useFoldedNavigation } from "../components/useMediaQuery.ts";
import { Header } from "./Header.tsx";
import { Navigation } from "./Navigation.tsx";
import { NewScreen } from "./NewScreen.tsx";
import { portalPath } from "./paths.ts";
import type { useTheme } from "./theme.ts";
import type { Me } from "../../../functions/contracts/me.ts";

const useStyles = makeStyles({
  root: { minHeight: "100dvh", backgroundColor: tokens.colorNeutralBackground2 },
  skip: {
    position: "absolute",
    top: "-100px",
    ":focus": { top: tokens.spacingVerticalS, left: tokens.spacingHorizontalS, zIndex: 20 },
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForegroundLink,
  },
  body: { display: "flex", alignItems: "flex-start" },
  main: {
    flexGrow: 1,
    minWidth: 0,
    maxWidth: "1600px",
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXXL}`,
    outlineStyle: "none",
    "@media (max-width: 639.98px)": {
      padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXXL}`,
    },
  },
});

/** The frame around every screen. */
export function Shell({ me, theme }: { me: Me; theme: ReturnType<typeof useTheme> }) {
  const styles = useStyles();
  const { id = "" } = useParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const folded = useFoldedNavigation();
  const [open, setOpen] = useState(false);
  const [last, setLast] = useState("");
  if (id && id !== last) setLast(id);
  // It would slide in unasked when a window that was made wide is made narrow again.
  if (open && !folded) setOpen(false);
  const global = me.roles.includes("Platform.Admin");
  return (
    <div className={styles.root}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <Header
        me={me}
        organizationId={id}
        theme={theme}
        openNavigation={folded ? () => setOpen(true) : null}
        chooseOrganization={(chosen) => void navigate(chosen ? portalPath(chosen) : "/")}
      />
      <div className={styles.body}>
        <Navigation
          current={screenOf(pathname)}
          global={global}
          organizationId={id || last || me.organizations[0]?.id || ""}
          folded={folded}
          open={open}
          close={() => setOpen(false)}
        />
        <main id="main" tabIndex={-1} className={styles.main}>
          <NewScreen address={screenAddress(pathname)} focus="main" />
          <ErrorBoundary key={screenAddress(pathname)}>
            <Suspense fallback={<LoadingRows what="the screen" rows={8} />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
    </div>
  );
}

/** The part of an address that tells screens apart; the tabs of the settings are one screen, whose focus stays. */
function screenAddress(pathname: string): string {
  return pathname.replace(/(\/settings)\/.*$/, "$1");
}

/** Which entry of the navigation an address belongs to; a record is a part of the portal integration. */
function screenOf(pathname: string): string {
  const [first, , screen = ""] = pathname.split("/").filter(Boolean);
  if (first !== "organizations") return first ?? "";
  return screen === "records" ? "portal" : screen;
}
