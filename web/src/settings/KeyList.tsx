import { Badge, Text, makeStyles, tokens } from "@fluentui/react-components";
import {
  CheckmarkCircle16Filled,
  Delete16Regular,
  DismissCircle16Filled,
  Warning16Filled,
} from "@fluentui/react-icons";
import { ConfirmButton } from "../components/ConfirmButton.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { useClockText } from "../time/clock.ts";
import { localTime, timeUntil } from "../time/format.ts";
import { isLastAccepted, keyState } from "./keyState.ts";
import { useOrganizationActions } from "./queries.ts";
import type { Key, KeyState } from "./keyState.ts";
import type { Organization } from "../../../functions/contracts/organizations.ts";

const looks = {
  valid: { color: "success", icon: <CheckmarkCircle16Filled />, label: "Valid" },
  expiring: { color: "warning", icon: <Warning16Filled />, label: "Expires soon" },
  expired: { color: "danger", icon: <DismissCircle16Filled />, label: "Expired" },
} as const;

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none" },
  key: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) auto",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: tokens.spacingHorizontalS },
  facts: {
    display: "flex",
    flexWrap: "wrap",
    columnGap: tokens.spacingHorizontalL,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
});

/** The keys of an organization, each with what is known of it. */
export function KeyList({ organization }: { organization: Organization }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="Webhook keys">
      {organization.keys.map((key) => (
        <KeyItem key={key.keyId} organization={organization} given={key} />
      ))}
    </ul>
  );
}

function KeyItem({ organization, given }: { organization: Organization; given: Key }) {
  const styles = useStyles();
  const { id, keys, alerts } = organization;
  const { revokeKey } = useOrganizationActions(id);
  const state = useClockText((now) => keyState(given, alerts.keyExpiry.days, now)) as KeyState;
  const warning = useClockText((now) =>
    isLastAccepted(given, keys, now)
      ? "It is the only valid key: no event can arrive until you create another one."
      : "",
  );
  const { label, ...look } = looks[state];
  return (
    <li className={styles.key}>
      <div>
        <div className={styles.name}>
          <Text weight="semibold">{given.name}</Text>
          <Badge appearance="tint" {...look}>
            {label}
          </Badge>
        </div>
        <div className={styles.facts}>
          <span>
            Created <RelativeTime at={given.createdAt} />
          </span>
          <span>Last used: {given.lastUsedAt ? <RelativeTime at={given.lastUsedAt} /> : "never"}</span>
          <Expiry expiresAt={given.expiresAt} />
        </div>
      </div>
      <ConfirmButton
        label="Revoke"
        accessibleLabel={`Revoke ${given.name}`}
        size="small"
        icon={<Delete16Regular />}
        title={`Revoke “${given.name}”?`}
        confirm="Revoke"
        act={() => revokeKey(given.keyId)}
      >
        <p>
          {given.lastUsedAt
            ? `It was last used on ${localTime(Date.parse(given.lastUsedAt))}.`
            : "It has never been used."}{" "}
          Within 30 seconds every webhook that uses it is refused, and those changes are lost to this
          platform. A revoked key cannot be brought back.
        </p>
        {warning && (
          <p>
            <strong>{warning}</strong>
          </p>
        )}
      </ConfirmButton>
    </li>
  );
}

function Expiry({ expiresAt }: { expiresAt: string | null }) {
  const at = Date.parse(expiresAt ?? "");
  const text = useClockText((now) => {
    if (expiresAt === null) return "Does not expire";
    return at <= now ? `Expired on ${localTime(at)}` : `Expires ${timeUntil(at, now)}, on ${localTime(at)}`;
  });
  return <span>{text}</span>;
}
