import { Badge } from "@fluentui/react-components";
import { ArrowSync16Regular, CheckmarkCircle16Filled, RecordStop16Regular } from "@fluentui/react-icons";
import { stateLabel } from "./replayWords.ts";
import type { Replay } from "../../../functions/contracts/replays.ts";

const running = { color: "brand", icon: <ArrowSync16Regular /> } as const;
const looks = {
  collecting: running,
  running,
  stopping: running,
  stopped: { color: "warning", icon: <RecordStop16Regular /> },
  done: { color: "success", icon: <CheckmarkCircle16Filled /> },
} as const;

/** How a replay stands, by icon, word and colour. */
export function ReplayStateBadge({ state }: Pick<Replay, "state">) {
  return (
    <Badge appearance="tint" size="large" {...looks[state]}>
      {stateLabel[state]}
    </Badge>
  );
}
