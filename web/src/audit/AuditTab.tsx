import { Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { HistoryRegular } from "@fluentui/react-icons";
import { EmptyState } from "../components/EmptyState.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { MoreButton } from "../components/MoreButton.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { Section } from "../components/Section.tsx";
import { counted } from "../components/counted.ts";
import { AuditItem } from "./AuditItem.tsx";
import { useAudit } from "./queries.ts";

const useStyles = makeStyles({
  intro: { color: tokens.colorNeutralForeground2 },
  list: { margin: 0, padding: 0, listStyleType: "none" },
});

/** Who changed what in this organization, newest first. */
export function AuditTab({ organizationId }: { organizationId: string }) {
  const styles = useStyles();
  const audit = useAudit(organizationId);
  const entries = audit.data?.pages.flatMap(({ items }) => items);
  return (
    <Section title="Audit log">
      <Caption1 className={styles.intro}>
        Every change that a person made to this organization, and each time somebody looked at personal data.
      </Caption1>
      {audit.error && !audit.isFetchNextPageError && (
        <ProblemMessage
          error={audit.error}
          retry={audit.refetch}
          {...(entries ? { stillShown: "The entries below are the last that could be read." } : {})}
        />
      )}
      {!entries && !audit.error && <LoadingRows what="the audit log" rows={8} />}
      {entries?.length === 0 && (
        <EmptyState
          icon={<HistoryRegular />}
          title="Nobody has changed anything yet"
          text="As soon as someone changes a setting, a key or the mapping, it is noted here with name, time and values."
        />
      )}
      {entries && entries.length > 0 && (
        <ul className={styles.list} aria-label="Audit log">
          {entries.map((entry) => (
            <AuditItem key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      {entries && entries.length > 0 && (
        <MoreButton shown={counted(entries.length, "entry", "entries")} query={audit} />
      )}
    </Section>
  );
}
