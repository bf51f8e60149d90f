import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { Code } from "../components/Code.tsx";
import { useTimeUntil } from "../components/RelativeTime.tsx";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", alignItems: "flex-start", minWidth: 0, rowGap: "2px" },
  message: {
    display: "-webkit-box",
    WebkitBoxOrient: "vertical",
    WebkitLineClamp: 2,
    overflow: "hidden",
    overflowWrap: "anywhere",
  },
  minor: { color: tokens.colorNeutralForeground2 },
});

/** Why an event was not a success, in words and as a code, and when it will be tried again. */
export function EventResult({ event }: { event: EventSummary }) {
  const styles = useStyles();
  const { code, message, attempts, nextAttemptAt } = event;
  return (
    <div className={styles.root}>
      {message && <Text className={styles.message}>{message}</Text>}
      {code && <Code>{code}</Code>}
      {nextAttemptAt ? (
        <NextAttempt at={nextAttemptAt} />
      ) : (
        attempts > 1 && (
          <Text size={200} className={styles.minor}>
            {attempts} attempts
          </Text>
        )
      )}
    </div>
  );
}

function NextAttempt({ at }: { at: string }) {
  return (
    <Text size={200} className={useStyles().minor}>
      Next attempt {useTimeUntil(at)}
    </Text>
  );
}
