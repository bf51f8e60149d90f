import { useState } from "react";
import { readColumns } from "./eventColumns.ts";
import type { Column } from "./eventColumns.ts";

const key = "portal-sync.columns";

/** The columns of the event log, remembered on this device. */
export function useColumns(): [ReadonlySet<Column>, (columns: ReadonlySet<Column>) => void] {
  const [columns, setColumns] = useState(() => readColumns(localStorage.getItem(key)));
  return [
    columns,
    (chosen) => {
      setColumns(chosen);
      localStorage.setItem(key, [...chosen].join(","));
    },
  ];
}
