import { Badge, MessageBar, MessageBarBody, Text, makeStyles, tokens } from "@fluentui/react-components";
import { Code } from "../../components/Code.tsx";
import { useTimeUntil } from "../../components/RelativeTime.tsx";
import { RouterLink } from "../../components/RouterLink.tsx";
import { repairPath } from "../../mapping/repairPath.ts";
import { Superseded } from "./Superseded.tsx";
import type { OpenedEvent } from "../../../../functions/contracts/portal.ts";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalL,
    paddingTop: tokens.spacingVerticalS,
  },
  title: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  part: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalXS },
  text: { overflowWrap: "anywhere" },
});

/** Why an event was not a success, what to do about it, and who can. */
export function WhyTab({ event }: { event: OpenedEvent }) {
  const styles = useStyles();
  const { advice, code, message, nextAttemptAt, supersededBy } = event;
  return (
    <div className={styles.root}>
      <div className={styles.title}>
        <Text size={400} weight="semibold">
          {advice?.title ?? message ?? "No reason was recorded"}
        </Text>
        {code && <Code>{code}</Code>}
      </div>
      {nextAttemptAt && <NextAttempt at={nextAttemptAt} />}
      {supersededBy && <Superseded by={supersededBy} />}
      <Part title="What happened">
        {message && <Text className={styles.text}>{message}</Text>}
        {advice && advice.whatHappened !== message && <Text>{advice.whatHappened}</Text>}
      </Part>
      {advice && !supersededBy && (
        <>
          <Part title="What to do">
            <Text>{advice.whatToDo}</Text>
            {code?.startsWith("mapping.") && (
              <RouterLink to={repairPath(event)}>Repair it in the mapping</RouterLink>
            )}
          </Part>
          <Part title="Who can do it">
            <span>
              <Badge appearance="outline" color="informative" size="large">
                {advice.owner}
              </Badge>
            </span>
          </Part>
        </>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={useStyles().part}>
      <Text as="h4" weight="semibold" style={{ margin: 0 }}>
        {title}
      </Text>
      {children}
    </section>
  );
}

function NextAttempt({ at }: { at: string }) {
  return (
    <MessageBar intent="info">
      <MessageBarBody>Next automatic attempt: {useTimeUntil(at)}</MessageBarBody>
    </MessageBar>
  );
}
