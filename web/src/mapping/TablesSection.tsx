import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Badge,
  Button,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { Add20Regular, ErrorCircle16Filled } from "@fluentui/react-icons";
import { Section } from "../components/Section.tsx";
import { counted } from "../components/counted.ts";
import { TableEditor } from "./TableEditor.tsx";
import { faultsIn } from "./checkEdits.ts";
import { newTable } from "./edits.ts";
import { kindWords } from "./words.ts";
import type { Faults } from "./checkEdits.ts";
import type { TableEdit } from "./edits.ts";
import type { Reason } from "./useReason.ts";

const useStyles = makeStyles({
  header: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalM,
    minWidth: 0,
  },
  name: { overflowWrap: "anywhere" },
  minor: { color: tokens.colorNeutralForeground2 },
  item: { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  panel: { marginInline: 0, minWidth: 0 },
});

interface TablesSectionProps {
  tables: TableEdit[];
  faults: Faults;
  /** Whether faults of inputs that nobody has filled in yet are shown too. */
  showAll: boolean;
  open: string[];
  setOpen: (keys: string[]) => void;
  change: (next: (tables: TableEdit[]) => TableEdit[]) => void;
  /** The event that led here. */
  reason: Reason | null;
  tryNow: () => void;
}

/** The tables of the mapping, one below the other. */
export function TablesSection(props: TablesSectionProps) {
  const { tables, faults, showAll, open, setOpen, change, reason, tryNow } = props;
  const styles = useStyles();
  const add = (): void => {
    const table = newTable();
    change((before) => [...before, table]);
    setOpen([...open, table.key]);
  };
  return (
    <Section
      title="Tables and fields"
      actions={
        <Button icon={<Add20Regular />} onClick={add}>
          Add table
        </Button>
      }
    >
      <Text className={styles.minor}>
        Each table of Dynamics that is listed here is carried over, column by column. Other tables and columns
        are left alone.
      </Text>
      <Accordion
        multiple
        collapsible
        openItems={open}
        onToggle={(_, { openItems }) => setOpen(openItems.map(String))}
      >
        {tables.map((table) => {
          const wrong = showAll ? faultsIn(table, faults) : 0;
          return (
            <AccordionItem key={table.key} value={table.key} className={styles.item}>
              <AccordionHeader as="h3">
                <span className={styles.header}>
                  <Text weight="semibold" className={styles.name}>
                    {table.table || "New table"}
                  </Text>
                  <Text className={styles.minor}>
                    {kindWords[table.kind]}, {counted(table.fields.length, "field")}
                  </Text>
                  {wrong > 0 && (
                    <Badge appearance="tint" color="danger" icon={<ErrorCircle16Filled />}>
                      {counted(wrong, "fault")}
                    </Badge>
                  )}
                </span>
              </AccordionHeader>
              <AccordionPanel className={styles.panel}>
                <TableEditor
                  table={table}
                  faults={showAll ? faults : null}
                  change={change}
                  reason={reason?.table === table.storedTable ? reason : null}
                  tryNow={tryNow}
                />
              </AccordionPanel>
            </AccordionItem>
          );
        })}
      </Accordion>
    </Section>
  );
}
