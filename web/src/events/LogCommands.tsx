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
import { Suspense, lazy, useState } from "react";
import { useNavigate } from "react-router";
import { useNarrow } from "../components/useMediaQuery.ts";
import { replaysPath } from "../shell/paths.ts";
import { columnNames } from "./eventColumns.ts";
import { apiFilter, isFiltered } from "./eventFilter.ts";
import { mostSelected } from "./useSelection.ts";
import type { Column } from "./eventColumns.ts";
import type { EventFilter } from "./eventFilter.ts";
import type { ExportFormat } from "./useExport.ts";
import type { ReplaySelection } from "../../../functions/contracts/replays.ts";

const ReplayDialog = lazy(() =>
  import("../replays/ReplayDialog.tsx").then(({ ReplayDialog }) => ({ default: ReplayDialog })),
);

const useStyles = makeStyles({
  root: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS },
});

interface LogCommandsProps {
  /** The organization whose events are shown; null when they are of several, which are neither run again nor exported. */
  organizationId: string | null;
  filter: EventFilter;
  /** Ids of the selected events. */
  selected: ReadonlySet<string>;
  columns: ReadonlySet<Column>;
  setColumns: (columns: ReadonlySet<Column>) => void;
  /** Null while an export runs. */
  startExport: ((format: ExportFormat) => void) | null;
}

/** What can be done with the events of the log: run them again, take them along, choose what is seen of them. */
export function LogCommands(props: LogCommandsProps) {
  const { organizationId, filter, selected, columns, setColumns, startExport } = props;
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
                {count > 0 ? `Run again (${count})` : "Run again"}
              </Button>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem
                  disabled={count === 0 || count > mostSelected}
                  onClick={() => setSelection({ eventIds: [...selected] })}
                >
                  {selectedLabel(count)}
                </MenuItem>
                <MenuItem onClick={() => setSelection({ filter: apiFilter(filter, Date.now()) })}>
                  {isFiltered(filter) ? "All events that match the filters" : "All events"} …
                </MenuItem>
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

function selectedLabel(count: number): string {
  if (count > mostSelected) return `At most ${mostSelected} selected events`;
  if (count === 0) return "The selected events (none is selected)";
  return count === 1 ? "The selected event …" : `The ${count} selected events …`;
}
