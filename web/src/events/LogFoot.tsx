import { Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { BusyButton } from "../components/BusyButton.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { focusEvent, focusLog } from "./logFocus.ts";
import type { EventList } from "./eventList.ts";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "center",
    gap: tokens.spacingHorizontalM,
  },
  end: { color: tokens.colorNeutralForeground2 },
});

interface LogFootProps {
  list: EventList;
  load: () => void;
  loading: boolean;
  error: unknown;
}

/** The end of the list: how to get older events, or that there are none. */
export function LogFoot({ list, load, loading, error }: LogFootProps) {
  const styles = useStyles();
  const count = list.shown.length;
  /** Where the events that were asked for begin: in the log, and in the list. */
  const asked = useRef<{ cursor: string | null; at: number } | null>(null);
  useEffect(() => {
    if (!asked.current || asked.current.cursor === list.nextCursor) return;
    const first = list.shown[asked.current.at];
    asked.current = null;
    // At the end of the log the button goes, and with it the focus.
    if (document.activeElement !== document.body) return;
    if (first) focusEvent(first.eventId);
    else focusLog();
  }, [list]);
  const loadMore = (): void => {
    asked.current = { cursor: list.nextCursor, at: count };
    load();
  };
  if (count === 0 && list.nextCursor === null) return null;
  return (
    <>
      {error !== null && <ProblemMessage error={error} retry={loadMore} />}
      <div className={styles.root}>
        {list.nextCursor ? (
          <BusyButton busy={loading} onClick={loadMore}>
            {count === 0 ? "Search older events" : "Load more"}
          </BusyButton>
        ) : (
          <Caption1 className={styles.end}>
            {count === 1 ? "1 event. That is all." : `${count.toLocaleString("en")} events. That is all.`}
          </Caption1>
        )}
      </div>
    </>
  );
}
