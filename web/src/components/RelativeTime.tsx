import { Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { localTime, relativeTime, utcTime } from "../time/format.ts";
import { useClockText } from "../time/clock.ts";
import type { TooltipProps } from "@fluentui/react-components";

const useStyles = makeStyles({
  time: { borderRadius: tokens.borderRadiusSmall, whiteSpace: "nowrap" },
  exact: { display: "grid", gridTemplateColumns: "auto 1fr", columnGap: tokens.spacingHorizontalS },
});

/** How long ago something was. */
export function useRelativeTime(at: string): string {
  const instant = Date.parse(at);
  return useClockText((now) => relativeTime(instant, now));
}

/** Shows the exact local time and UTC of an instant on hover and focus of its child. */
export function ExactTime({ at, children }: { at: string; children: NonNullable<TooltipProps["children"]> }) {
  const styles = useStyles();
  const instant = Date.parse(at);
  return (
    <Tooltip
      relationship="description"
      withArrow
      content={{
        children: (
          <span className={styles.exact}>
            <span>Local</span>
            <span>{localTime(instant)}</span>
            <span>UTC</span>
            <span>{utcTime(instant)}</span>
          </span>
        ),
      }}
    >
      {children}
    </Tooltip>
  );
}

/** "3 minutes ago", with the exact time on hover and focus. */
export function RelativeTime({ at }: { at: string }) {
  const styles = useStyles();
  const text = useRelativeTime(at);
  return (
    <ExactTime at={at}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the exact time must be reachable by keyboard */}
      <time dateTime={at} tabIndex={0} className={styles.time}>
        {text}
      </time>
    </ExactTime>
  );
}
