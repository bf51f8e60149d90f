import { makeStyles, tokens } from "@fluentui/react-components";
import { relativeTime, timeUntil } from "../time/format.ts";
import { useClockText } from "../time/clock.ts";
import { ExactTime } from "./ExactTime.tsx";

const useStyles = makeStyles({
  time: { borderRadius: tokens.borderRadiusSmall, whiteSpace: "nowrap" },
});

/** How long ago something was. */
export function useRelativeTime(at: string): string {
  const instant = Date.parse(at);
  return useClockText((now) => relativeTime(instant, now));
}

/** How soon something is due. */
export function useTimeUntil(at: string): string {
  const due = Date.parse(at);
  return useClockText((now) => timeUntil(due, now));
}

/** "3 minutes ago", with the exact time on hover and focus. */
export function RelativeTime({ at }: { at: string }) {
  const styles = useStyles();
  const text = useRelativeTime(at);
  return (
    <ExactTime at={at}>
      {(trigger) => (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the exact time must be reachable by keyboard
        <time dateTime={at} tabIndex={0} className={styles.time} {...trigger}>
          {text}
        </time>
      )}
    </ExactTime>
  );
}
