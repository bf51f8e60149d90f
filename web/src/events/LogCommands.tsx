import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  tokens,
  useRestoreFocusTarget,
} from "@fluentui/react-components";
import { ArrowDownload16Regular, ArrowRepeatAll16Regular, ColumnTripleRegular } from "@fluentui/react-icons";
import { Suspense, useState } from "react";
import { useNavigate } from "react-router";
import { useNarrow } from "../components/useMediaQuery.ts";
import { lazyNamed } from "../components/lazyNamed.ts";
import { replaysPath } from "../shell/paths.ts";
import { columnNames } from "./eventColumns.ts";
import { apiFilter, isFiltered } from "./eventFilter.ts";
import { shownEvents } from "./shownEvents.ts";
import { mostSelected } from "./useSelection.ts";
import type { Column } from "./eventColumns.ts";
import type { EventFilter } from "./eventFilter.ts";
import type { ExportFormat } from "./useExport.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";
import type { ReplaySelection } from "../../../functions/contracts/replays.ts";

const ReplayDialog = lazyNamed(() => import("../replays/ReplayDialog.tsx"), "ReplayDialog");

const useStyles = makeStyles({
  root: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS },
});

interface LogCommandsProps {
  /** The organization whose events are shown; null when they are of several, which are neither replayed nor exported. */
  organizationId: string | null;
  filter: EventFilter;
  shown: EventSummary[];
  /** Whether older events match the filter than those that are shown. */
  more: boolean;
  /** Ids of the selected events. */
  selected: ReadonlySet<string>;
  columns: ReadonlySet<Column>;
  setColumns: (columns: ReadonlySet<Column>) => void;
  /** Null while an export runs. */
  startExport: ((format: ExportFormat) => void) | null;
}

/** What can be done with the events of the log: replay them, take them along, choose what is seen of them. */
export function LogCommands(props: LogCommandsProps) {
  const { organizationId, filter, shown, more, selected, columns, setColumns, startExport } = props;
  const styles = useStyles();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const target = useRestoreFocusTarget();
  const [selection, setSelection] = useState<ReplaySelection | null>(null);
  const count = selected.size;
  return (
    <div className={styles.root}>
      {organizationId !== null && (
        <>
          <Menu inline positioning="below-end">
            <MenuTrigger disableButtonEnhancement>
              <Button {...target} size="small" icon={<ArrowRepeatAll16Regular />}>
                {count > 0 ? `Replay (${count})` : "Replay"}
              </Button>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem
                  disabled={shown.length === 0}
                  onClick={() => setSelection(shownEvents(shown, filter, Date.now()))}
                >
                  {shownLabel(shown.length)}
                </MenuItem>
                <MenuItem
                  disabled={count === 0 || count > mostSelected}
                  onClick={() => setSelection({ eventIds: [...selected] })}
                >
                  {selectedLabel(count)}
                </MenuItem>
                {more && (
                  <MenuItem onClick={() => setSelection({ filter: apiFilter(filter, Date.now()) })}>
                    {isFiltered(filter)
                      ? "Replay all events that match the filters …"
                      : "Replay all events …"}
                  </MenuItem>
                )}
                <MenuDivider />
                <MenuItem onClick={() => void navigate(replaysPath(organizationId))}>
                  Show the last replays
                </MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
          <Menu inline positioning="below-end">
            <MenuTrigger disableButtonEnhancement>
              <Button size="small" icon={<ArrowDownload16Regular />} disabledFocusable={startExport === null}>
                Export
              </Button>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem onClick={() => startExport?.("csv")}>CSV, for spreadsheets</MenuItem>
                <MenuItem onClick={() => startExport?.("json")}>JSON, for programs</MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        </>
      )}
      {!narrow && (
        <Menu
          inline
          positioning="below-end"
          checkedValues={{ columns: [...columns] }}
          onCheckedValueChange={(_, { checkedItems }) => setColumns(new Set(checkedItems as Column[]))}
        >
          <MenuTrigger disableButtonEnhancement>
            <Button size="small" icon={<ColumnTripleRegular />}>
              Columns
            </Button>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {Object.entries(columnNames).map(([column, name]) => (
                <MenuItemCheckbox key={column} name="columns" value={column}>
                  {name}
                </MenuItemCheckbox>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
      {selection && organizationId !== null && (
        <Suspense>
          <ReplayDialog
            organizationId={organizationId}
            selection={selection}
            close={() => setSelection(null)}
          />
        </Suspense>
      )}
    </div>
  );
}

function shownLabel(count: number): string {
  if (count === 0) return "Replay the events shown (there is none)";
  return count === 1 ? "Replay the event shown …" : `Replay all ${count.toLocaleString("en")} events shown …`;
}

function selectedLabel(count: number): string {
  if (count > mostSelected) return `Replay at most ${mostSelected} selected events`;
  if (count === 0) return "Replay the selected events (none is selected)";
  return count === 1 ? "Replay the selected event …" : `Replay the ${count} selected events …`;
}
