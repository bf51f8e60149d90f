import { Link } from "@fluentui/react-components";
import { FiguresTable } from "../charts/FiguresTable.tsx";
import { outcomeLabel, outcomes } from "../components/outcomes.ts";
import { shortTime } from "../time/format.ts";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";

interface HourlyTableProps {
  hourly: PortalStatus["hourly"];
  showHour: (hour: string) => void;
}

/** The figures of {@link HourlyChart} as a table. An hour shows its events. */
export function HourlyTable({ hourly, showHour }: HourlyTableProps) {
  return (
    <FiguresTable
      label="Events by hour"
      heads={["Hour", ...outcomes.map((outcome) => outcomeLabel[outcome])]}
      rows={hourly.map((counts) => ({
        key: counts.hour,
        time: (
          <Link as="button" onClick={() => showHour(counts.hour)}>
            {shortTime(Date.parse(counts.hour))}
          </Link>
        ),
        figures: outcomes.map((outcome) => counts[outcome]),
      }))}
    />
  );
}
