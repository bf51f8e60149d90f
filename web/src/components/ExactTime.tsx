import { Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { localTime, utcTime } from "../time/format.ts";
import type { HTMLAttributes, ReactNode } from "react";

const useStyles = makeStyles({
  root: { display: "grid", gridTemplateColumns: "auto 1fr", columnGap: tokens.spacingHorizontalS },
});

/** The pointer or the focus rests for so long before the tooltip comes or goes, in milliseconds: Fluent's own. */
const delay = 250;

type Trigger = Pick<
  HTMLAttributes<HTMLElement>,
  "aria-description" | "onPointerEnter" | "onPointerLeave" | "onFocus" | "onBlur"
>;

interface ExactTimeProps {
  /** ISO 8601 in UTC. */
  at: string;
  /** What the tooltip belongs to; it takes the properties that it is given. */
  children: (trigger: Trigger) => ReactNode;
}

/**
 * Shows the exact local time and UTC of an instant on hover and focus. Lists have hundreds of times, and a tooltip is
 * dear to make and to remove, so there is none before it is shown.
 */
export function ExactTime({ at, children }: ExactTimeProps) {
  const styles = useStyles();
  const [near, setNear] = useState<HTMLElement | null>(null);
  const [shownAt, setShownAt] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (near === shownAt) return undefined;
    const timer = setTimeout(() => setShownAt(near), delay);
    return () => clearTimeout(timer);
  }, [near, shownAt]);
  const [local, utc] = [localTime(Date.parse(at)), utcTime(Date.parse(at))];
  const trigger: Trigger = {
    "aria-description": `${local}, ${utc}`,
    onPointerEnter: ({ currentTarget }) => setNear(currentTarget),
    onPointerLeave: () => setNear(null),
    // A focus that comes back when a panel is closed by the mouse is no question for the time.
    onFocus: ({ currentTarget }) => currentTarget.matches(":focus-visible") && setNear(currentTarget),
    onBlur: () => setNear(null),
  };
  return (
    <>
      {children(trigger)}
      {shownAt && (
        <Tooltip
          visible
          relationship="inaccessible"
          withArrow
          positioning={{ target: shownAt }}
          onVisibleChange={(_, { visible }) => {
            if (visible) return;
            setNear(null);
            setShownAt(null);
          }}
          content={{
            onPointerEnter: () => setNear(shownAt),
            onPointerLeave: () => setNear(null),
            children: (
              <span className={styles.root}>
                <span>Local</span>
                <span>{local}</span>
                <span>UTC</span>
                <span>{utc}</span>
              </span>
            ),
          }}
        />
      )}
    </>
  );
}
