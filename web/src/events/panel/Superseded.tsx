import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { RouterLink } from "../../components/RouterLink.tsx";
import { useEventAddress } from "../useOpenEvent.ts";
import type { OpenedEvent } from "../../../../functions/contracts/portal.ts";

/** Says of an event that failed that nothing of it is left to do, and which change saw to that. */
export function Superseded({ by }: { by: NonNullable<OpenedEvent["supersededBy"]> }) {
  const addressOf = useEventAddress();
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>
        Nothing is left to do: a later change of this record was carried over, with everything that this event
        would have changed. It was made <RelativeTime at={by.changedAt} />.{" "}
        <RouterLink to={addressOf(by.eventId)}>Show the later change</RouterLink>
      </MessageBarBody>
    </MessageBar>
  );
}
