import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from "@fluentui/react-components";
import { useApi, webhookAddress } from "../api/ApiContext.ts";
import { CopyableText } from "../components/CopyableText.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { rejectionsPath } from "../shell/paths.ts";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";

const useStyles = makeStyles({
  list: {
    margin: `${tokens.spacingVerticalS} 0 0`,
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: "grid",
    rowGap: tokens.spacingVerticalXS,
  },
});

/** Warns that nothing has arrived for longer than it should, and says what to check, most likely cause first. */
export function SilenceWarning({ status }: { status: PortalStatus }) {
  const styles = useStyles();
  const { baseUrl } = useApi();
  const { organizationId, rejections, silence } = status;
  const { thresholdHours } = silence;
  const refused = rejections.reduce((sum, { count }) => sum + count, 0);
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {`No events for more than ${thresholdHours} hour${thresholdHours === 1 ? "" : "s"}.`}
        </MessageBarTitle>
        {status.lastEventAt && (
          <>
            The last one arrived <RelativeTime at={status.lastEventAt} />.{" "}
          </>
        )}
        What the app shows may no longer be what the portal holds. Check in this order:
        <ol className={styles.list}>
          {refused > 0 && (
            <li>
              <RouterLink to={rejectionsPath(organizationId)}>
                {refused === 1
                  ? "1 request was refused"
                  : `${refused.toLocaleString("en")} requests were refused`}
              </RouterLink>{" "}
              in the last 24 hours: see why, and what to change in Dynamics.
            </li>
          )}
          <li>
            Under System jobs in Dynamics, no job of the webhook has failed or waits. A failed job names the
            answer it got.
          </li>
          <li>
            In Dynamics, the webhook&rsquo;s steps are enabled for every table that should be carried over.
          </li>
          <li>
            The service endpoint has this address, and a key that is still valid:{" "}
            <CopyableText text={webhookAddress(baseUrl, organizationId)} what="webhook address" />
          </li>
          <li>Change a record in the portal. Its event appears below within seconds when all is well.</li>
        </ol>
      </MessageBarBody>
    </MessageBar>
  );
}
