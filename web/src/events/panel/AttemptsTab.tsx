import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { Code } from "../../components/Code.tsx";
import { OutcomeBadge } from "../../components/OutcomeBadge.tsx";
import { RelativeTime, useTimeUntil } from "../../components/RelativeTime.tsx";
import type { Attempt } from "../../../../functions/contracts/portal.ts";

const kinds: Record<Attempt["kind"], string> = {
  delivery: "First delivery",
  retry: "Automatic retry",
  replay: "Replay",
};

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none" },
  item: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  name: { flexGrow: 1 },
  text: { overflowWrap: "anywhere" },
});

interface AttemptsTabProps {
  attempts: Attempt[];
  nextAttemptAt: string | null;
}

/** Every try at processing the event, newest first, and when the next one is due. */
export function AttemptsTab({ attempts, nextAttemptAt }: AttemptsTabProps) {
  const styles = useStyles();
  return (
    <ol className={styles.list} reversed>
      {nextAttemptAt && (
        <li className={styles.item}>
          <NextAttempt at={nextAttemptAt} />
        </li>
      )}
      {[...attempts]
        .sort((a, b) => b.number - a.number)
        .map(({ number, kind, at, outcome, code, message }) => (
          <li key={number} className={styles.item}>
            <div className={styles.line}>
              <Text weight="semibold" className={styles.name}>
                {number}. {kinds[kind]}
              </Text>
              <RelativeTime at={at} />
              <OutcomeBadge outcome={outcome} />
            </div>
            {message && <Text className={styles.text}>{message}</Text>}
            {code && <Code>{code}</Code>}
          </li>
        ))}
    </ol>
  );
}

function NextAttempt({ at }: { at: string }) {
  return <Text weight="semibold">Next attempt {useTimeUntil(at)}</Text>;
}
