import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext.ts";
import { organizationPath } from "../api/queries.ts";
import { keepReading } from "../api/readAgain.ts";
import type { AlertDelivery, AlertOverview, AlertRule } from "../../../functions/contracts/alerts.ts";

/** Rules are looked at once a minute; reading this often shows a change soon after. In milliseconds. */
const refreshEvery = 15_000;

/** The alert rules of an organization as they stand, and the last cards. */
export function useAlerts(organizationId: string) {
  const { get } = useApi();
  return useQuery({
    queryKey: ["alerts", organizationId],
    queryFn: ({ signal }) => get<AlertOverview>(`${organizationPath(organizationId)}/alerts`, {}, signal),
    refetchInterval: keepReading(refreshEvery),
  });
}

/** What can be done about an alert. */
export function useAlertActions(organizationId: string) {
  const { request } = useApi();
  const queries = useQueryClient();
  const path = organizationPath(organizationId);
  const about = async (rule: AlertRule, action: string, body?: unknown): Promise<void> => {
    const answer = await request<AlertOverview>(
      "POST",
      `${path}/alerts/${rule}/${action}`,
      body === undefined ? {} : { body },
    );
    queries.setQueryData(["alerts", organizationId], answer.body);
    void queries.invalidateQueries({ queryKey: ["audit", organizationId] });
  };
  return {
    acknowledge: (rule: AlertRule) => about(rule, "acknowledge"),
    /** Sends no card of the rule before `until`, in milliseconds since 1970; null ends the muting. */
    mute: (rule: AlertRule, until: number | null) =>
      about(rule, "mute", { until: until === null ? null : new Date(until).toISOString() }),
    sendTest: async (): Promise<AlertDelivery> => {
      const { body } = await request<AlertDelivery>("POST", `${path}/test-alert`);
      for (const what of ["alerts", "audit"])
        void queries.invalidateQueries({ queryKey: [what, organizationId] });
      return body;
    },
  };
}
