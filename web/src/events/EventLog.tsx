import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Suspense, memo, useDeferredValue, useState } from "react";
import { LiveMessage } from "../components/LiveMessage.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { Section } from "../components/Section.tsx";
import { useStable } from "../components/useStable.ts";
import { useNarrow } from "../components/useMediaQuery.ts";
import { lazyNamed } from "../components/lazyNamed.ts";
import { headerHeight } from "../shell/layout.ts";
import { EventCards } from "./EventCards.tsx";
import { EventPanel } from "./EventPanel.tsx";
import { EventTable } from "./EventTable.tsx";
import { LogFoot } from "./LogFoot.tsx";
import { NewEventsButton } from "./NewEventsButton.tsx";
import { NoMatch } from "./NoMatch.tsx";
import { isFiltered, noFilter } from "./eventFilter.ts";
import { asideLabel, neighbours } from "./eventList.ts";
import { eventLogId } from "./logFocus.ts";
import { useColumns } from "./useColumns.ts";
import { useEventLog } from "./useEventLog.ts";
import { useFilter } from "./useFilter.ts";
import { useExport } from "./useExport.ts";
import { useOpenEvent } from "./useOpenEvent.ts";
import { useScrolledPast } from "./useScrolledPast.ts";
import { useSelection } from "./useSelection.ts";
import type { Me } from "../../../functions/contracts/me.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";
import type { ReactNode } from "react";

/** The fields of the filters weigh as much as the list itself, and the list can be read before they are there. */
const FilterBar = lazyNamed(() => import("./FilterBar.tsx"), "FilterBar");

const LogCommands = lazyNamed(() => import("./LogCommands.tsx"), "LogCommands");
const ExportProgress = lazyNamed(() => import("./ExportProgress.tsx"), "ExportProgress");

const useStyles = makeStyles({
  root: { scrollMarginTop: `${headerHeight + 8}px` },
  /** So long that the log can be brought to the top of the window before its events are there. */
  loading: { minHeight: `calc(100vh - ${headerHeight + 8}px)` },
  commands: { minHeight: "24px", position: "relative", zIndex: 3 },
  filters: { minHeight: "32px" },
  list: {
    position: "relative",
    minWidth: 0,
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalM,
  },
});

const noEvents: EventSummary[] = [];
const noIds: ReadonlySet<string> = new Set();

interface EventLogProps {
  /** Where the log is read from. */
  path: string;
  /** Changes when something happened in the log; null while that is not known. */
  version: string | null;
  /** What to show when no event has ever arrived. */
  firstUse: ReactNode;
  /** The organization whose log this is; null for the merged log. */
  organizationId: string | null;
  /** For the merged log: the organizations whose events are in it. */
  organizations?: Me["organizations"];
}

/**
 * The log of events with its filters and the panel of one event. Everything that is chosen lives in the address. It is
 * drawn again only when something in it changed, not each time the figures above it are read.
 */
export const EventLog = memo(function EventLog(props: EventLogProps) {
  const { path, version, firstUse, organizationId, organizations } = props;
  const styles = useStyles();
  const narrow = useNarrow();
  const { filter, setFilter } = useFilter();
  const opened = useOpenEvent(organizationId === null ? "many" : "one");
  const open = useStable(opened.open);
  const { ref: top, past } = useScrolledPast<HTMLDivElement>();
  const held = past || opened.eventId !== null;
  const exported = organizationId ?? (filter.organizationId || null);
  const [chosen, setChosen] = useState(noIds);
  const log = useEventLog({ path, filter, version, held, selected: exported === null ? noIds : chosen });
  // A long list is drawn when nothing more urgent is to be done, such as showing what is being typed.
  const deferred = useDeferredValue(log.list);
  const list = log.list && (deferred ?? log.list);
  const [columns, setColumns] = useColumns();
  const selection = useSelection(list?.shown ?? noEvents, chosen, setChosen);
  const download = useExport(exported, filter);
  const aside = list && asideLabel(list);
  const Rows = narrow ? EventCards : EventTable;
  const panelOrganization = organizationId ?? opened.organizationId;
  return (
    <div id={eventLogId} className={mergeClasses(styles.root, !list && styles.loading)}>
      <Section
        title="Event log"
        actions={
          <div className={styles.commands}>
            <Suspense>
              <LogCommands
                organizationId={exported}
                filter={filter}
                shown={list?.shown ?? noEvents}
                more={Boolean(list?.nextCursor)}
                selected={selection.ids}
                columns={columns}
                setColumns={setColumns}
                startExport={download.start}
              />
            </Suspense>
          </div>
        }
      >
        {download.state && (
          <Suspense>
            <ExportProgress {...download} state={download.state} />
          </Suspense>
        )}
        <div className={styles.filters}>
          <Suspense>
            <FilterBar
              filter={filter}
              setFilter={setFilter}
              shown={list?.shown ?? noEvents}
              organizations={organizations}
            />
          </Suspense>
        </div>
        <div className={styles.list}>
          <div ref={top} />
          {aside && (
            <NewEventsButton
              label={aside}
              show={() => {
                log.showNew();
                if (past) document.getElementById(eventLogId)?.scrollIntoView();
              }}
            />
          )}
          {log.error && (
            <ProblemMessage
              error={log.error}
              retry={log.retry}
              {...(list ? { stillShown: "The events below are the last that could be read." } : {})}
            />
          )}
          {!list && !log.error && <LoadingRows what="events" />}
          {list && list.shown.length === 0 && list.nextCursor === null && !isFiltered(filter) && firstUse}
          {list && list.shown.length === 0 && (list.nextCursor !== null || isFiltered(filter)) && (
            <NoMatch complete={list.nextCursor === null} clear={() => setFilter(noFilter)} />
          )}
          {list && list.shown.length > 0 && (
            <Rows
              events={list.shown}
              arrived={list.arrived}
              openId={opened.eventId}
              open={open}
              organizations={organizations ?? null}
              columns={columns}
              selection={exported === null ? null : selection}
            />
          )}
          {list && (
            <LogFoot list={list} load={log.loadOlder} loading={log.loadingOlder} error={log.olderError} />
          )}
        </div>
      </Section>
      <LiveMessage text={announcement(aside, list?.arrived.size ?? 0)} />
      <EventPanel
        organizationId={panelOrganization}
        opened={opened}
        {...neighbours(list?.shown ?? [], opened.eventId ?? "")}
        showRecord={(recordId) =>
          setFilter({ ...noFilter, recordId, organizationId: filter.organizationId }, { close: true })
        }
      />
    </div>
  );
});

function announcement(aside: string | null, arrived: number): string {
  if (aside) return `${aside} can be shown`;
  return arrived === 0 ? "" : `${arrived} new event${arrived === 1 ? "" : "s"} at the top of the log`;
}
