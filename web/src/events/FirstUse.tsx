import { makeStyles, tokens } from "@fluentui/react-components";
import { PlugDisconnectedRegular } from "@fluentui/react-icons";
import { useApi, webhookAddress } from "../api/ApiContext.ts";
import { CopyableText } from "../components/CopyableText.tsx";
import { EmptyState } from "../components/EmptyState.tsx";

const useStyles = makeStyles({
  list: {
    textAlign: "start",
    margin: "0 auto",
    maxWidth: "64ch",
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: "grid",
    rowGap: tokens.spacingVerticalS,
  },
});

/** Stands in place of the log of an organization that never sent an event: how to connect it. */
export function FirstUse({ organizationId }: { organizationId: string }) {
  const { baseUrl } = useApi();
  return (
    <EmptyState
      icon={<PlugDisconnectedRegular />}
      title="Nothing has arrived yet"
      text="Connect the Dynamics environment once; from then on every change shows up here within seconds."
    >
      <ol className={useStyles().list}>
        <li>
          In Dynamics, register a webhook with this address:
          <br />
          <CopyableText text={webhookAddress(baseUrl, organizationId)} what="webhook address" />
        </li>
        <li>Set its authentication to Webhook key, with the key that was made for this organization.</li>
        <li>
          Add an asynchronous step for Create, Update and Delete of each table that should be carried over.
        </li>
        <li>Change a record in the portal and watch this list.</li>
      </ol>
    </EmptyState>
  );
}
