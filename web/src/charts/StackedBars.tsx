import { VerticalStackedBarChart } from "@fluentui/react-charts";
import { makeStyles, mergeClasses } from "@fluentui/react-components";
import { chartHeight } from "./chartHeight.ts";
import type { VerticalStackedBarChartProps, VerticalStackedChartProps } from "@fluentui/react-charts";

const useStyles = makeStyles({
  root: { height: `${chartHeight}px`, minWidth: 0 },
  clickable: { "& rect": { cursor: "pointer" } },
});

interface StackedBarsProps {
  /** For screen readers. */
  title: string;
  data: VerticalStackedChartProps[];
  onBarClick?: VerticalStackedBarChartProps["onBarClick"];
}

/** A stacked bar for each piece of time. Drawing is slow, so draw again only when the figures have changed. */
export function StackedBars({ title, data, onBarClick }: StackedBarsProps) {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.root, onBarClick && styles.clickable)}>
      <VerticalStackedBarChart
        chartTitle={title}
        data={data}
        height={chartHeight}
        isCalloutForStack
        barWidth="auto"
        maxBarWidth={28}
        xAxisInnerPadding={0.3}
        hideLabels
        hideTickOverlap
        yAxisTickCount={4}
        {...(onBarClick ? { onBarClick } : {})}
      />
    </div>
  );
}
