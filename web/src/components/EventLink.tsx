import { eventPath } from "../shell/paths.ts";
import { Code } from "./Code.tsx";
import { RouterLink } from "./RouterLink.tsx";
import { eventTypeTitle } from "./eventTypeTitle.ts";

interface EventLinkProps {
  organizationId: string;
  eventId: string;
  eventType: string;
}

/** A link to an event, named by its type in plain words and, beside it, as Dynamics names it. */
export function EventLink({ organizationId, eventId, eventType }: EventLinkProps) {
  const title = eventTypeTitle(eventType);
  return (
    <>
      <RouterLink to={eventPath(organizationId, eventId)}>{title}</RouterLink>{" "}
      {title !== eventType && <Code>{eventType}</Code>}
    </>
  );
}
