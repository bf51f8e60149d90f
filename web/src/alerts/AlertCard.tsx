import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { Checkmark16Regular, Speaker216Regular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { localTime } from "../time/format.ts";
import { AlertBadge } from "./AlertBadge.tsx";
import { AlertInputs } from "./AlertInputs.tsx";
import { MuteMenu } from "./MuteMenu.tsx";
import { RuleDialog } from "./RuleDialog.tsx";
import { useAlertActions } from "./queries.ts";
import type { Answer } from "../api/client.ts";
import type { Alert } from "../../../functions/contracts/alerts.ts";
import type { Organization } from "../../../functions/contracts/organizations.ts";

const useStyles = makeStyles({
  root: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) auto",
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    "@media (max-width: 899.98px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  about: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalXS, minWidth: 0 },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: tokens.spacingHorizontalS },
  minor: { color: tokens.colorNeutralForeground2 },
  remedy: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  actions: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: tokens.spacingHorizontalS },
  wide: { gridColumn: "1 / -1" },
});

/** One rule: how it stands and why, what to do, and what can be done about it here. */
export function AlertCard({ alert, organization }: { alert: Alert; organization: Answer<Organization> }) {
  const styles = useStyles();
  const { acknowledge, mute } = useAlertActions(organization.body.id);
  const acting = useMutation({ mutationFn: (act: () => Promise<void>) => act() });
  const { rule, title, state, since, reason, inputs, remedy, acknowledged, mutedUntil, checkedAt } = alert;
  return (
    <li className={styles.root}>
      <div className={styles.about}>
        <div className={styles.head}>
          <Text weight="semibold" size={400}>
            {title}
          </Text>
          <AlertBadge state={state} />
          {since && state !== "off" && (
            <Text size={200} className={styles.minor}>
              since <RelativeTime at={since} />
            </Text>
          )}
        </div>
        <Text>{reason}</Text>
        {remedy && state !== "quiet" && (
          <div className={styles.remedy}>
            <Text weight="semibold" block>
              What to do
            </Text>
            <Text>{remedy}</Text>
          </div>
        )}
        {inputs.length > 0 && <AlertInputs inputs={inputs} of={title} />}
        <Text size={200} className={styles.minor}>
          {acknowledged && (
            <>
              Acknowledged by {acknowledged.by} <RelativeTime at={acknowledged.at} />.{" "}
            </>
          )}
          {mutedUntil && `No cards until ${localTime(Date.parse(mutedUntil))}. `}
          {checkedAt && (
            <>
              Checked <RelativeTime at={checkedAt} />.
            </>
          )}
        </Text>
      </div>
      <div className={styles.actions}>
        {state === "firing" && !acknowledged && (
          <Button
            size="small"
            icon={<Checkmark16Regular />}
            aria-label={`Acknowledge ${title}`}
            disabledFocusable={acting.isPending}
            onClick={() => acting.mutate(() => acknowledge(rule))}
          >
            Acknowledge
          </Button>
        )}
        {mutedUntil ? (
          <Button
            size="small"
            icon={<Speaker216Regular />}
            aria-label={`Unmute ${title}`}
            disabledFocusable={acting.isPending}
            onClick={() => acting.mutate(() => mute(rule, null))}
          >
            Unmute
          </Button>
        ) : (
          <MuteMenu title={title} mute={(until) => acting.mutate(() => mute(rule, until))} />
        )}
        <RuleDialog rule={rule} title={title} organization={organization} />
      </div>
      {acting.error && (
        <div className={styles.wide}>
          <ProblemMessage error={acting.error} />
        </div>
      )}
    </li>
  );
}
