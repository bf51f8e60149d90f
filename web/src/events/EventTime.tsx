import { Link, makeStyles, mergeClasses, useRestoreFocusTarget } from "@fluentui/react-components";
import { eventTypeTitle } from "../components/eventTypeTitle.ts";
import { ExactTime } from "../components/ExactTime.tsx";
import { useRelativeTime } from "../components/RelativeTime.tsx";
import { openButtonId } from "./logFocus.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

const useStyles = makeStyles({
  stretched: { "::after": { content: "''", position: "absolute", inset: 0 } },
});

interface EventTimeProps {
  event: EventSummary;
  open: (event: EventSummary) => void;
  /** Whether it also opens the event where the nearest positioned element around it is touched. */
  stretched?: boolean;
}

/** When an event was received, as the button that opens it. The focus comes back here when its panel is closed. */
export function EventTime({ event, open, stretched = false }: EventTimeProps) {
  const styles = useStyles();
  const text = useRelativeTime(event.receivedAt);
  const target = useRestoreFocusTarget();
  return (
    <ExactTime at={event.receivedAt}>
      {(trigger) => (
        <Link
          as="button"
          id={openButtonId(event.eventId)}
          {...target}
          {...trigger}
          className={mergeClasses(stretched && styles.stretched)}
          aria-label={`Open event ${eventTypeTitle(event.eventType)}, ${text}`}
          onClick={(click) => {
            click.stopPropagation();
            open(event);
          }}
        >
          {text}
        </Link>
      )}
    </ExactTime>
  );
}
