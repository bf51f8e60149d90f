import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from "@fluentui/react-components";
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
          <MessageBarTitle>It cannot be shown again.</MessageBarTitle>
          Copy it now, and enter it in the service endpoint in Dynamics or keep it in a password store. When
          it is lost, create another one.
        </MessageBarBody>
      </MessageBar>
    </div>
  );
}
