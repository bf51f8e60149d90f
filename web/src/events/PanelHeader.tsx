import { Button, DrawerHeaderTitle, Tooltip } from "@fluentui/react-components";
import { ChevronDown20Regular, ChevronUp20Regular, Dismiss20Regular } from "@fluentui/react-icons";
import { useFocusBack } from "./useFocusBack.ts";
import type { OpenEvent } from "./useOpenEvent.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

interface PanelHeaderProps {
  opened: OpenEvent;
  previous: EventSummary | null;
  next: EventSummary | null;
}

/** The panel's title, the way to the events beside this one, and the way out. */
export function PanelHeader({ opened, previous, next }: PanelHeaderProps) {
  useFocusBack(opened.eventId);
  return (
    <DrawerHeaderTitle
      heading={{ as: "h2" }}
      action={
        <>
          <Tooltip content="Previous event (Alt+Up)" relationship="description">
            <Button
              appearance="subtle"
              aria-label="Previous event"
              aria-keyshortcuts="Alt+ArrowUp"
              disabledFocusable={!previous}
              icon={<ChevronUp20Regular />}
              onClick={() => previous && opened.open(previous)}
            />
          </Tooltip>
          <Tooltip content="Next event (Alt+Down)" relationship="description">
            <Button
              appearance="subtle"
              aria-label="Next event"
              aria-keyshortcuts="Alt+ArrowDown"
              disabledFocusable={!next}
              icon={<ChevronDown20Regular />}
              onClick={() => next && opened.open(next)}
            />
          </Tooltip>
          <Button appearance="subtle" aria-label="Close" icon={<Dismiss20Regular />} onClick={opened.close} />
        </>
      }
    >
      Event details
    </DrawerHeaderTitle>
  );
}
