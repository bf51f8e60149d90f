import { Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { BusyButton } from "../components/BusyButton.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
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
  if (count === 0 && list.nextCursor === null) return null;
  return (
    <>
      {error !== null && <ProblemMessage error={error} retry={load} />}
      <div className={styles.root}>
        {list.nextCursor ? (
          <BusyButton busy={loading} onClick={load}>
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
