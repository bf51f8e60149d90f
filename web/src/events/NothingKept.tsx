import { HistoryRegular } from "@fluentui/react-icons";
import { EmptyState } from "../components/EmptyState.tsx";

/** Stands in place of the log of an organization whose events are all older than events are kept. */
export function NothingKept() {
  return (
    <EmptyState
      icon={<HistoryRegular />}
      title="No events are kept"
      text="Events arrived in the past, but all of them are older than events are kept. New ones show up here by themselves."
    />
  );
}
