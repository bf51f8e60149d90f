import { makeStyles } from "@fluentui/react-components";

/** Widths of the log's columns, shared by its head and its rows. The record goes first when room is short. */
export const useColumnStyles = makeStyles({
  time: { width: "132px" },
  outcome: { width: "112px" },
  type: { width: "20%" },
  organization: { width: "16%" },
  record: { width: "150px", "@media (max-width: 899.98px)": { display: "none" } },
});
