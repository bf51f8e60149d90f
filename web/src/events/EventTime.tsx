import { Link, useRestoreFocusTarget } from "@fluentui/react-components";
import { ExactTime, useRelativeTime } from "../components/RelativeTime.tsx";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

/** When an event was received, as the button that opens it. The focus comes back here when its panel is closed. */
export function EventTime({ event, open }: { event: EventSummary; open: (event: EventSummary) => void }) {
  const text = useRelativeTime(event.receivedAt);
  const target = useRestoreFocusTarget();
  return (
    <ExactTime at={event.receivedAt}>
      <Link
        as="button"
        {...target}
        aria-label={`Open event ${event.eventType}, ${text}`}
        onClick={(click) => {
          click.stopPropagation();
          open(event);
        }}
      >
        {text}
      </Link>
    </ExactTime>
  );
}
