import { Skeleton, SkeletonItem, makeStyles } from "@fluentui/react-components";
import { Suspense } from "react";
import { ErrorBoundary } from "../components/ErrorBoundary.tsx";
import { chartHeight } from "./chartHeight.ts";
import type { ReactNode } from "react";

const useStyles = makeStyles({ root: { minHeight: `${chartHeight}px`, minWidth: 0 } });

/** The place of a chart, which is loaded when it is shown: the chart library is larger than any screen. */
export function ChartFrame({ children }: { children: ReactNode }) {
  return (
    <div className={useStyles().root}>
      <ErrorBoundary>
        <Suspense
          fallback={
            <Skeleton aria-label="Loading the chart">
              <SkeletonItem style={{ height: chartHeight }} />
            </Skeleton>
          }
        >
          {children}
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
