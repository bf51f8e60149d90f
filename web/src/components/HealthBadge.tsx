import { Badge } from "@fluentui/react-components";
import {
  CheckmarkCircle16Filled,
  PauseCircle16Regular,
  PlugDisconnected16Regular,
  SpeakerMute16Filled,
  Warning16Filled,
} from "@fluentui/react-icons";
import { healthLabel } from "./healthLabel.ts";
import type { HealthState } from "../../../functions/contracts/health.ts";

const looks = {
  healthy: { color: "success", icon: <CheckmarkCircle16Filled /> },
  attention: { color: "warning", icon: <Warning16Filled /> },
  silent: { color: "danger", icon: <SpeakerMute16Filled /> },
  neverConnected: { color: "informative", icon: <PlugDisconnected16Regular /> },
  paused: { color: "informative", icon: <PauseCircle16Regular /> },
} as const;

/** The verdict on an organization, by icon, word and colour. */
export function HealthBadge({ state }: { state: HealthState }) {
  return (
    <Badge appearance="tint" size="large" {...looks[state]}>
      {healthLabel[state]}
    </Badge>
  );
}
