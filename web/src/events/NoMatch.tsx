import { Button } from "@fluentui/react-components";
import { FilterDismissRegular } from "@fluentui/react-icons";
import { EmptyState } from "../components/EmptyState.tsx";
import { focusLog } from "./logFocus.ts";

/** Stands in place of the list when the filters let nothing through. */
export function NoMatch({ complete, clear }: { complete: boolean; clear: () => void }) {
  return (
    <EmptyState
      icon={<FilterDismissRegular />}
      title={complete ? "No event matches" : "No match among the newest events"}
      text={
        complete
          ? "There are events, but none that fits every filter above."
          : "Older events have not been searched yet. Search on, or narrow the time."
      }
    >
      <Button
        onClick={() => {
          clear();
          focusLog();
        }}
      >
        Clear filters
      </Button>
    </EmptyState>
  );
}
