import { Tab, TabList } from "@fluentui/react-components";

/** How the course of the day is shown. */
export type ChartView = "chart" | "table";

/** Switches between the chart and the same figures as a table. */
export function ChartOrTable({ view, setView }: { view: ChartView; setView: (view: ChartView) => void }) {
  return (
    <TabList
      size="small"
      aria-label="Show as"
      appearance="subtle-circular"
      selectedValue={view}
      onTabSelect={(_, { value }) => setView(value === "table" ? "table" : "chart")}
    >
      <Tab value="chart">Chart</Tab>
      <Tab value="table">Table</Tab>
    </TabList>
  );
}
