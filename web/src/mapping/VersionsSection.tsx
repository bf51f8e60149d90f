import { Badge, Text } from "@fluentui/react-components";
import { CheckmarkCircle16Filled } from "@fluentui/react-icons";
import { ConfirmButton } from "../components/ConfirmButton.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { Section } from "../components/Section.tsx";
import { useScreenStyles } from "../components/useScreenStyles.ts";
import { VersionDialog } from "./VersionDialog.tsx";
import { useReadVersion } from "./queries.ts";
import type { Mapping, MappingOverview } from "../../../functions/contracts/mapping.ts";

interface VersionsSectionProps {
  organizationId: string;
  overview: MappingOverview;
  /** Whether taking over a version would lose what was typed. */
  edited: boolean;
  takeOver: (mappings: readonly Mapping[]) => void;
}

/** The versions of the mapping, newest first: each can be looked at and taken over. */
export function VersionsSection({ organizationId, overview, edited, takeOver }: VersionsSectionProps) {
  const styles = useScreenStyles();
  const read = useReadVersion(organizationId);
  const { current, versions } = overview;
  return (
    <Section title="Versions">
      <Text className={styles.minor}>
        Each event says in its steps by which version it was read. Taking over an earlier version fills in its
        content above; it is in force again once you have tried and saved it as a new version.
      </Text>
      <ul className={styles.list} aria-label="Versions of the mapping">
        {versions.map(({ version, savedAt, savedBy }) => (
          <li key={version} className={styles.item}>
            <div className={styles.line}>
              <Text weight="semibold">Version {version}</Text>
              {version === current.version && (
                <Badge appearance="tint" color="success" icon={<CheckmarkCircle16Filled />}>
                  In force
                </Badge>
              )}
              <span className={styles.minor}>
                {savedAt === null ? (
                  "What every organization starts with"
                ) : (
                  <>
                    Saved <RelativeTime at={savedAt} /> by {savedBy}
                  </>
                )}
              </span>
              <span className={styles.grow} />
              <VersionDialog version={version} read={read} />
              {version !== current.version && (
                <ConfirmButton
                  label="Take over this version"
                  accessibleLabel={`Take over version ${version}`}
                  size="small"
                  title={`Take over version ${version}?`}
                  confirm="Take over"
                  act={async () => takeOver((await read(version)).mappings)}
                >
                  {edited
                    ? "What you changed above and did not save is replaced by the content of this version."
                    : "The tables above are filled in with the content of this version."}{" "}
                  Nothing is saved yet.
                </ConfirmButton>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
