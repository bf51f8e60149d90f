import { Body1, Button } from "@fluentui/react-components";
import { FullPage } from "../components/FullPage.tsx";

/** What is shown when the portal cannot start, because its configuration is missing or wrong. */
export function StartFailure({ reason }: { reason: string }) {
  return (
    <FullPage
      title="Portal Sync cannot start"
      actions={
        <Button appearance="primary" onClick={() => location.reload()}>
          Try again
        </Button>
      }
    >
      <Body1 role="alert">{reason}</Body1>
      <Body1>
        The portal reads its settings from <code>/config.json</code> at its own address. Whoever deployed it
        can correct them there: <code>clientId</code>, <code>tenantId</code>, <code>apiBaseUrl</code> and{" "}
        <code>scope</code>.
      </Body1>
    </FullPage>
  );
}
