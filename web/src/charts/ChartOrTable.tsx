import { Button } from "@fluentui/react-components";
import { DataBarVertical20Regular, Table20Regular } from "@fluentui/react-icons";

/** How the course of the day is shown. */
export type ChartView = "chart" | "table";

/** Switches between the chart and the same figures as a table. */
export function ChartOrTable({ view, setView }: { view: ChartView; setView: (view: ChartView) => void }) {
  const table = view === "table";
  return (
    <Button
      appearance="subtle"
      size="small"
      icon={table ? <DataBarVertical20Regular /> : <Table20Regular />}
      onClick={() => setView(table ? "chart" : "table")}
    >
      {table ? "Show as chart" : "Show as table"}
    </Button>
  );
}
