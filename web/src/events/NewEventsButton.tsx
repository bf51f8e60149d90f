import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowUp16Regular } from "@fluentui/react-icons";
import { headerHeight } from "../shell/layout.ts";
import { focusLog } from "./logFocus.ts";

const useStyles = makeStyles({
  root: {
    position: "sticky",
    top: `${headerHeight + 8}px`,
    zIndex: 2,
    alignSelf: "center",
    boxShadow: tokens.shadow8,
  },
});

/** Shows the events that arrived while the list was being read. */
export function NewEventsButton({ label, show }: { label: string; show: () => void }) {
  return (
    <Button
      className={useStyles().root}
      appearance="primary"
      shape="circular"
      size="small"
      icon={<ArrowUp16Regular />}
      onClick={() => {
        show();
        focusLog();
      }}
    >
      {label}
    </Button>
  );
}
