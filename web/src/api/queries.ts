import { useQuery } from "@tanstack/react-query";
import { useApi } from "./ApiContext.ts";
import { attemptEvery, keepReading, refreshEvery } from "./readAgain.ts";
import { useLastError } from "./useLastError.ts";
import type { Me } from "../../../functions/contracts/me.ts";
import type { PlatformStatus } from "../../../functions/contracts/platform.ts";
import type { OpenedEvent, PortalStatus } from "../../../functions/contracts/portal.ts";

/** The signed-in administrator and their organizations. */
export function useMe() {
  const { get } = useApi();
  return useQuery({
    queryKey: ["me"],
    queryFn: ({ signal }) => get<Me>("/me", {}, signal),
    staleTime: 60_000,
  });
}

/** The sync status of one organization, kept up to date. */
export function usePortalStatus(organizationId: string) {
  const { get } = useApi();
  const query = useQuery({
    queryKey: ["portal-status", organizationId],
    queryFn: ({ signal }) => get<PortalStatus>(`${organizationPath(organizationId)}/status`, {}, signal),
    refetchInterval: keepReading(refreshEvery),
  });
  return { ...query, error: useLastError(query, organizationId) };
}

/** The status of the whole platform, kept up to date. */
export function usePlatformStatus() {
  const { get } = useApi();
  const query = useQuery({
    queryKey: ["platform-status"],
    queryFn: ({ signal }) => get<PlatformStatus>("/platform/status", {}, signal),
    refetchInterval: keepReading(refreshEvery),
  });
  return { ...query, error: useLastError(query, "platform") };
}

/** All that is known of one event; nothing is asked for when it is null. While another attempt is due it is read again every few seconds. */
export function useEvent(organizationId: string, eventId: string | null) {
  const { get } = useApi();
  return useQuery({
    queryKey: ["event", organizationId, eventId],
    queryFn: ({ signal }) =>
      get<OpenedEvent>(
        `${organizationPath(organizationId)}/events/${encodeURIComponent(eventId ?? "")}`,
        {},
        signal,
      ),
    enabled: eventId !== null,
    refetchInterval: ({ state }) => (state.data?.nextAttemptAt ? attemptEvery : false),
  });
}

/** The payload of one event as Dynamics sent it, which never changes; personal data in it is masked unless `show` is set. */
export function usePayload(organizationId: string, eventId: string, { show }: { show: boolean }) {
  const { get } = useApi();
  return useQuery({
    queryKey: ["payload", organizationId, eventId, show],
    queryFn: ({ signal }) =>
      get<unknown>(
        `${organizationPath(organizationId)}/events/${encodeURIComponent(eventId)}/payload`,
        { show: show ? "true" : null },
        signal,
      ),
    staleTime: Infinity,
    // Personal data is kept no longer than it is looked at.
    gcTime: show ? 0 : 300_000,
  });
}

/** Path of an organization's portal integration in the API. */
export function organizationPath(organizationId: string): string {
  return `/organizations/${encodeURIComponent(organizationId)}/portal`;
}
