import { Body1, Button } from "@fluentui/react-components";
import { FullPage } from "../components/FullPage.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { ConfigError } from "./portalConfig.ts";

const title = "Portal Sync cannot start";

/** What is shown when the portal cannot start, most often because its configuration is missing or wrong. */
export function StartFailure({ error }: { error: unknown }) {
  if (!(error instanceof ConfigError))
    return (
      <FullPage title={title}>
        <ProblemMessage error={error} retry={() => location.reload()} />
      </FullPage>
    );
  return (
    <FullPage
      title={title}
      actions={
        <Button appearance="primary" onClick={() => location.reload()}>
          Try again
        </Button>
      }
    >
      <Body1 role="alert">{error.message}</Body1>
      <Body1>
        The portal reads its settings from <code>/config.json</code> at its own address. Whoever deployed it
        can correct them there: <code>clientId</code>, <code>tenantId</code>, <code>apiBaseUrl</code> and{" "}
        <code>scope</code>.
      </Body1>
    </FullPage>
  );
}
