import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/ApiContext.ts";
import { organizationPath } from "../../api/queries.ts";
import { EventLink } from "../../components/EventLink.tsx";
import { OutcomeBadge } from "../../components/OutcomeBadge.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { EventResult } from "../../events/EventResult.tsx";
import type { Organization } from "../../../../functions/contracts/organizations.ts";
import type { EventPage } from "../../../../functions/contracts/portal.ts";

interface NothingCarriedOverProps {
  organization: Organization;
  /** When the newest event arrived. */
  arrived: string;
}

/** Says that events arrive but none was a success yet, and what became of the newest. */
export function NothingCarriedOver({ organization: { id, name }, arrived }: NothingCarriedOverProps) {
  const { get } = useApi();
  const { data } = useQuery({
    queryKey: ["newest-event", id, arrived],
    queryFn: ({ signal }) => get<EventPage>(`${organizationPath(id)}/events`, { limit: "1" }, signal),
  });
  const event = data?.items[0];
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{name} is connected, but nothing was carried over yet.</MessageBarTitle>
        The last event arrived <RelativeTime at={arrived} />.
        {event && (
          <>
            {" "}
            Open it to see what to do: <EventLink {...event} /> <OutcomeBadge outcome={event.outcome} />
            <EventResult event={event} />
          </>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
