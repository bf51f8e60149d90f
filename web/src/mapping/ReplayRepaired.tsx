import { Button, useRestoreFocusTarget } from "@fluentui/react-components";
import { ArrowRepeatAll20Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { ReplayDialog } from "../replays/ReplayDialog.tsx";
import type { Repaired } from "./verdict.ts";

interface ReplayRepairedProps {
  organizationId: string;
  repaired: Repaired;
}

/** Replays the failed events that the mapping in force can take, after the usual estimate. */
export function ReplayRepaired({ organizationId, repaired: { count, selection } }: ReplayRepairedProps) {
  const target = useRestoreFocusTarget();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        {...target}
        appearance="primary"
        icon={<ArrowRepeatAll20Regular />}
        onClick={() => setAsking(true)}
      >
        {label(count)}
      </Button>
      {asking && (
        <ReplayDialog organizationId={organizationId} selection={selection} close={() => setAsking(false)} />
      )}
    </>
  );
}

function label(count: number | null): string {
  if (count === null) return "Replay all events that failed this way";
  return count === 1 ? "Replay this event" : `Replay these ${count} events`;
}
