import {
  DrawerBody,
  DrawerHeader,
  OverlayDrawer,
  makeStyles,
  tokens,
  useRestoreFocusSource,
} from "@fluentui/react-components";
import { Suspense, useEffect, useRef } from "react";
import { ErrorBoundary } from "../components/ErrorBoundary.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { lazyNamed } from "../components/lazyNamed.ts";
import { PanelHeader } from "./PanelHeader.tsx";
import { usePanelKeys } from "./usePanelKeys.ts";
import type { OpenEvent } from "./useOpenEvent.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

/** Nobody needs the panel before they open it. */
const PanelContent = lazyNamed(() => import("./panel/PanelContent.tsx"), "PanelContent");

const useStyles = makeStyles({
  drawer: { width: "min(680px, 100%)" },
  header: { paddingInline: tokens.spacingHorizontalXXL, paddingBottom: 0 },
  body: { paddingBottom: tokens.spacingVerticalXXL },
});

interface EventPanelProps {
  organizationId: string | null;
  opened: OpenEvent;
  previous: EventSummary | null;
  next: EventSummary | null;
  /** Shows all events of a record in the log. */
  showRecord: (recordId: string) => void;
}

/** All about one event, in a panel over the screen. */
export function EventPanel({ organizationId, opened, previous, next, showRecord }: EventPanelProps) {
  const styles = useStyles();
  const focus = useRestoreFocusSource();
  const { eventId } = opened;
  const surface = useRef<HTMLDivElement | null>(null);
  usePanelKeys(eventId !== null, { previous, next, open: opened.open, close: opened.close });
  useEffect(() => {
    // What had the focus may have gone with the event that was shown before.
    if (eventId !== null && document.activeElement === document.body) surface.current?.focus();
  }, [eventId]);
  return (
    <OverlayDrawer
      {...focus}
      ref={(element: HTMLDivElement | null) => {
        surface.current = element;
      }}
      className={styles.drawer}
      position="end"
      open={eventId !== null && organizationId !== null}
      // The keys have seen to Escape: closing twice would be two steps in the history.
      onOpenChange={(_, { open, type }) => open || type === "escapeKeyDown" || opened.close()}
    >
      <DrawerHeader className={styles.header}>
        <PanelHeader opened={opened} previous={previous} next={next} />
      </DrawerHeader>
      <DrawerBody className={styles.body}>
        {eventId && organizationId && (
          <ErrorBoundary>
            <Suspense fallback={<LoadingRows what="the event" />}>
              <PanelContent
                key={eventId}
                organizationId={organizationId}
                eventId={eventId}
                tab={opened.tab}
                showTab={opened.showTab}
                showRecord={showRecord}
              />
            </Suspense>
          </ErrorBoundary>
        )}
      </DrawerBody>
    </OverlayDrawer>
  );
}
