import type { Table } from "../../platform/storage/table.ts";
import { connect } from "../../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../../sync-log/testing/modelTable.ts";

/** A table in memory that answers at once, and what was asked of it: `get`, `range` and `submit` with the partition. */
export function memoryTable(): { table: Table; requests: string[] } {
  const { table } = connect(createModelTable(), { delay: async () => {}, fault: () => "none" });
  const requests: string[] = [];
  return {
    requests,
    table: {
      submit: (writes) => {
        requests.push(`submit ${writes[0]?.row.partitionKey}`);
        return table.submit(writes);
      },
      get: (partitionKey, ...rest) => {
        requests.push(`get ${partitionKey}`);
        return table.get(partitionKey, ...rest);
      },
      range: (range) => {
        requests.push(`range ${range.partitionKey}`);
        return table.range(range);
      },
    },
  };
}
