import type { HealthState } from "../../../functions/contracts/health.ts";

/** The words for the verdicts. */
export const healthLabel: Record<HealthState, string> = {
  healthy: "Healthy",
  attention: "Needs attention",
  silent: "Silent",
  neverConnected: "Never connected",
  paused: "Paused",
};
