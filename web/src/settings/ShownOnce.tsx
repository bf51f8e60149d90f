import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from "@fluentui/react-components";
import { setupScriptWords } from "../../../functions/contracts/setup.ts";
import { CopyableText } from "../components/CopyableText.tsx";
import type { CreatedKey } from "../../../functions/contracts/organizations.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalM, minWidth: 0 },
  key: {
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
  },
});

/** A new key at the only time it can be seen. */
export function ShownOnce({ created }: { created: CreatedKey }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <div className={styles.key}>
        <CopyableText text={created.key} what="webhook key" />
      </div>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>The key is shown this once and never again.</MessageBarTitle>
          Copy it now. It goes to Dynamics: paste it when the set-up script asks for the “
          {setupScriptWords.keyPrompt}”, or enter it as the authentication value of the service endpoint. When
          it is lost, create another one.
        </MessageBarBody>
      </MessageBar>
    </div>
  );
}
