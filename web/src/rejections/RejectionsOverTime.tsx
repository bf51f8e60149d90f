import { Tab, TabList, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ShieldCheckmarkRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { ChartFrame } from "../charts/ChartFrame.tsx";
import { ChartOrTable } from "../charts/ChartOrTable.tsx";
import { EmptyState } from "../components/EmptyState.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { Section } from "../components/Section.tsx";
import { lazyNamed } from "../components/lazyNamed.ts";
import { RejectionReasons } from "./RejectionReasons.tsx";
import { RejectionTable } from "./RejectionTable.tsx";
import { useRejectionHistory } from "./queries.ts";
import { totalsOf } from "./totals.ts";
import type { ChartView } from "../charts/ChartOrTable.tsx";
import type { RejectionPeriod } from "./queries.ts";

const RejectionChart = lazyNamed(() => import("./RejectionChart.tsx"), "RejectionChart");

const useStyles = makeStyles({
  actions: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
});

/** Refused requests by reason, and for each reason what to fix. */
export function RejectionsOverTime({ organizationId }: { organizationId: string }) {
  const styles = useStyles();
  const [period, setPeriod] = useState<RejectionPeriod>("24h");
  const [view, setView] = useState<ChartView>("chart");
  const { data, error, refetch } = useRejectionHistory(organizationId, period);
  const totals = data && totalsOf(data);
  return (
    <Section
      title="By reason"
      actions={
        <div className={styles.actions}>
          <TabList
            size="small"
            aria-label="Time"
            selectedValue={period}
            onTabSelect={(_, { value }) => setPeriod(value === "30d" ? "30d" : "24h")}
          >
            <Tab value="24h">Last 24 hours</Tab>
            <Tab value="30d">Last 30 days</Tab>
          </TabList>
          {totals && totals.length > 0 && <ChartOrTable view={view} setView={setView} />}
        </div>
      }
    >
      {error && <ProblemMessage error={error} retry={refetch} />}
      {!data && !error && <LoadingRows what="the refused requests" />}
      {totals?.length === 0 && (
        <EmptyState
          icon={<ShieldCheckmarkRegular />}
          title="No request was refused"
          text="Every request that reached the webhook address in this time became an event. There is nothing to do."
        />
      )}
      {data && totals && totals.length > 0 && (
        <>
          <Text>
            These requests reached the webhook address and were refused. They are not events, so they are in
            no other list.
          </Text>
          {view === "table" ? (
            <RejectionTable history={data} totals={totals} period={period} />
          ) : (
            <ChartFrame>
              <RejectionChart history={data} totals={totals} period={period} />
            </ChartFrame>
          )}
          <RejectionReasons totals={totals} />
        </>
      )}
    </Section>
  );
}
