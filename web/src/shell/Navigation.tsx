import { NavDrawer, NavDrawerBody, NavItem, makeStyles, tokens } from "@fluentui/react-components";
import {
  ArrowRepeatAll20Regular,
  BuildingMultiple20Regular,
  PlugConnected20Regular,
  Settings20Regular,
  ShieldDismiss20Regular,
} from "@fluentui/react-icons";
import { useFollow } from "../components/useFollow.ts";
import { headerHeight } from "./layout.ts";
import { portalPath, rejectionsPath, replaysPath, settingsPath } from "./paths.ts";

const useStyles = makeStyles({
  inline: {
    position: "sticky",
    top: `${headerHeight}px`,
    flexShrink: 0,
    width: "216px",
    height: `calc(100dvh - ${headerHeight}px)`,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  overlay: { width: "260px" },
  body: { paddingTop: tokens.spacingVerticalM },
});

interface NavigationProps {
  /** Which screen is open. */
  current: string;
  global: boolean;
  /** The organization whose portal integration is one click away; empty when there is none. */
  organizationId: string;
  /** Whether there is no room for it beside the screen. */
  folded: boolean;
  open: boolean;
  close: () => void;
}

/** The screens of the portal. Folded, it slides in over the screen. */
export function Navigation({ current, global, organizationId, folded, open, close }: NavigationProps) {
  const styles = useStyles();
  const follow = useFollow();
  const go = (to: string) => ({
    href: to,
    onClick: (event: React.MouseEvent) => {
      follow(to)(event);
      close();
    },
  });
  return (
    <NavDrawer
      aria-label="Screens"
      role={folded ? "dialog" : "navigation"}
      type={folded ? "overlay" : "inline"}
      open={folded ? open : true}
      onOpenChange={(_, { open }) => open || close()}
      selectedValue={current}
      className={folded ? styles.overlay : styles.inline}
    >
      <NavDrawerBody className={styles.body}>
        {global && (
          <NavItem value="platform" icon={<BuildingMultiple20Regular />} {...go("/platform")}>
            Platform
          </NavItem>
        )}
        {organizationId && (
          <NavItem value="portal" icon={<PlugConnected20Regular />} {...go(portalPath(organizationId))}>
            Portal integration
          </NavItem>
        )}
        {organizationId && (
          <NavItem
            value="rejections"
            icon={<ShieldDismiss20Regular />}
            {...go(rejectionsPath(organizationId))}
          >
            Refused requests
          </NavItem>
        )}
        {organizationId && (
          <NavItem value="replays" icon={<ArrowRepeatAll20Regular />} {...go(replaysPath(organizationId))}>
            Replays
          </NavItem>
        )}
        {organizationId && (
          <NavItem value="settings" icon={<Settings20Regular />} {...go(settingsPath(organizationId))}>
            Settings
          </NavItem>
        )}
      </NavDrawerBody>
    </NavDrawer>
  );
}
