import type { AlertDelivery } from "../../../functions/contracts/alerts.ts";

/** How the result of a sending is shown. */
export const deliveryLooks = {
  sent: { label: "Sent", intent: "success", color: "success" },
  refused: { label: "Refused", intent: "error", color: "danger" },
  unknown: { label: "May have arrived", intent: "warning", color: "warning" },
} as const satisfies Record<AlertDelivery["result"], unknown>;

/** What kind of card it was. */
export const deliveryKinds: Record<AlertDelivery["kind"], string> = {
  firing: "Alert",
  unknown: "Rule cannot be checked",
  recovered: "Recovery",
  test: "Test",
};
