import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useState } from "react";
import { rejectionAdvice } from "../../../../functions/contracts/rejections.ts";
import { usePortalStatus } from "../../api/queries.ts";
import { LiveMessage } from "../../components/LiveMessage.tsx";
import { ProblemMessage } from "../../components/ProblemMessage.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { RouterLink } from "../../components/RouterLink.tsx";
import { Section } from "../../components/Section.tsx";
import { portalPath, settingsPath } from "../../shell/paths.ts";
import { useClockText } from "../../time/clock.ts";
import { duration } from "../../time/format.ts";
import { NothingCarriedOver } from "./NothingCarriedOver.tsx";
import type { Organization } from "../../../../functions/contracts/organizations.ts";
import type { PortalStatus } from "../../../../functions/contracts/portal.ts";

/** After so long without an event, in milliseconds, it is said what to check. */
const patience = 120_000;

const useStyles = makeStyles({
  waiting: { display: "flex", alignItems: "center", columnGap: tokens.spacingHorizontalM },
  list: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: "grid",
    rowGap: tokens.spacingVerticalXS,
  },
  links: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalL },
});

/** Waits for the organization's first event, says at once when one is refused or not carried over, and what to check when none comes. */
export function FirstEvent({ organization }: { organization: Organization }) {
  const styles = useStyles();
  const { id, name } = organization;
  const { data: status, error, refetch } = usePortalStatus(id);
  const [began] = useState(Date.now);
  const waited = useClockText((now) => duration((now - began) / 1000));
  const long = useClockText((now) => (now - began > patience ? "long" : "")) === "long";
  const arrived = status?.lastEventAt ?? null;
  return (
    <Section title="4. The first event">
      {error && <ProblemMessage error={error} retry={refetch} />}
      {arrived ? (
        <>
          {status?.lastSuccessAt ? (
            <MessageBar intent="success" layout="multiline">
              <MessageBarBody>
                <MessageBarTitle>{name} is connected.</MessageBarTitle>
                The last event arrived <RelativeTime at={arrived} />. From now on every change is carried
                over.
              </MessageBarBody>
            </MessageBar>
          ) : (
            <NothingCarriedOver organization={organization} arrived={arrived} />
          )}
          <div className={styles.links}>
            <RouterLink to={portalPath(id)}>Open the portal integration</RouterLink>
            <RouterLink to={settingsPath(id, "alerts")}>Set up alerts</RouterLink>
          </div>
        </>
      ) : (
        <>
          <div className={styles.waiting}>
            <Spinner size="tiny" aria-hidden="true" />
            <Text weight="semibold">Waiting for the first event, for {waited}</Text>
          </div>
          <Text>
            When the script is done, change a record in Dynamics, such as a contact&rsquo;s phone number. It
            shows up here within seconds. You can leave this page; the platform screen leads back to it.
          </Text>
        </>
      )}
      {!arrived && status && status.rejections.length > 0 && <Refused rejections={status.rejections} />}
      {!arrived && long && <WhatToCheck />}
      <LiveMessage text={arrived ? `${name} is connected. The first event has arrived.` : ""} />
    </Section>
  );
}

function Refused({ rejections }: Pick<PortalStatus, "rejections">) {
  const styles = useStyles();
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>Requests arrived but were refused.</MessageBarTitle>
        <ul className={styles.list}>
          {rejections.map(({ reason, count }) => (
            <li key={reason}>
              <strong>
                {rejectionAdvice[reason].title} ({count.toLocaleString("en")}).
              </strong>{" "}
              {rejectionAdvice[reason].whatToDo}
            </li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}

function WhatToCheck() {
  const styles = useStyles();
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>Nothing has arrived yet. Check in this order:</MessageBarTitle>
        <ol className={styles.list}>
          <li>The script has ended with “Done.”</li>
          <li>
            You have changed a record since, of a table that the script names, such as a contact, and saved
            it.
          </li>
          <li>
            In Dynamics the service endpoint has exactly the webhook address of this organization, and its
            steps are enabled.
          </li>
          <li>
            In Dynamics under Settings &gt; System jobs, look for a failed job of the webhook. It names the
            answer that it got.
          </li>
          <li>Asynchronous jobs can take a minute or two in a busy environment.</li>
        </ol>
      </MessageBarBody>
    </MessageBar>
  );
}
