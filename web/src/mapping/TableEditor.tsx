import {
  Button,
  Caption1Strong,
  Field,
  MessageBar,
  MessageBarBody,
  Select,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { Add20Regular, Delete20Regular } from "@fluentui/react-icons";
import { ConfirmButton } from "../components/ConfirmButton.tsx";
import { TextField } from "../components/TextField.tsx";
import { useMediaQuery } from "../components/useMediaQuery.ts";
import { useStable } from "../components/useStable.ts";
import { FieldRow, useFieldColumns } from "./FieldRow.tsx";
import { LinkRows } from "./LinkRows.tsx";
import { newField } from "./edits.ts";
import { replaced } from "./useMappingEdits.ts";
import { kindWords } from "./words.ts";
import type { Faults } from "./checkEdits.ts";
import type { FieldEdit, TableEdit } from "./edits.ts";
import type { Reason } from "./useReason.ts";
import type { RecordKind } from "../../../functions/contracts/mapping.ts";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalL,
    paddingBlock: tokens.spacingVerticalM,
  },
  settings: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(200px, 1fr))",
    gap: tokens.spacingHorizontalM,
    "& .fui-Input, & .fui-Select, & input": { minWidth: 0, width: "100%" },
  },
  headings: { color: tokens.colorNeutralForeground2 },
  list: { margin: 0, padding: 0, listStyleType: "none" },
  actions: {
    display: "flex",
    flexWrap: "wrap",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalS,
  },
});

interface TableEditorProps {
  table: TableEdit;
  faults: Faults | null;
  change: (next: (tables: TableEdit[]) => TableEdit[]) => void;
  /** The event that led to a field of this table. */
  reason: Reason | null;
  tryNow: () => void;
}

/** One table of Dynamics: what its rows are, and which columns become which fields. */
export function TableEditor({ table, faults, change, reason, tryNow }: TableEditorProps) {
  const styles = useStyles();
  const columns = useFieldColumns();
  const { key } = table;
  const set = (part: Partial<TableEdit>) => change((tables) => replaced(tables, key, part));
  const setFields = useStable((tableKey: string, edit: (fields: FieldEdit[]) => FieldEdit[]) =>
    change((tables) =>
      tables.map((one) => (one.key === tableKey ? { ...one, fields: edit(one.fields) } : one)),
    ),
  );
  const changeField = useStable((tableKey: string, field: string, part: Partial<FieldEdit>) =>
    setFields(tableKey, (fields) => replaced(fields, field, part)),
  );
  const removeField = useStable((tableKey: string, field: string) =>
    setFields(tableKey, (fields) => fields.filter((one) => one.key !== field)),
  );
  const wide = useMediaQuery("(min-width: 900px)");
  const tooMany = faults?.get(`${key}.fields`);
  return (
    <div className={styles.root}>
      <div className={styles.settings}>
        <TextField
          label="Table in Dynamics"
          hint="Its logical name, such as contact"
          value={table.table}
          fault={faults?.get(`${key}.table`)}
          onChange={(name) => set({ table: name })}
        />
        <Field label="Its rows are" hint="What they become on the platform">
          <Select value={table.kind} onChange={(_, { value }) => set({ kind: value as RecordKind })}>
            {Object.entries(kindWords).map(([kind, words]) => (
              <option key={kind} value={kind}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
        <TextField
          label="Column of the id"
          hint="The table’s primary key, such as contactid"
          value={table.idColumn}
          fault={faults?.get(`${key}.idColumn`)}
          onChange={(idColumn) => set({ idColumn })}
        />
        <TextField
          label="Name of its rows in the Web API"
          hint="Only if it is not the usual plural"
          value={table.entitySet}
          fault={faults?.get(`${key}.entitySet`)}
          onChange={(entitySet) => set({ entitySet })}
        />
      </div>
      <div>
        {wide && (
          <div className={mergeClasses(columns.root, styles.headings)} aria-hidden="true">
            {["Field", "Column in Dynamics", "Type", "Required", "Default for new records"].map((heading) => (
              <Caption1Strong key={heading}>{heading}</Caption1Strong>
            ))}
          </div>
        )}
        <ul className={styles.list} aria-label={`Fields of ${table.table || "the new table"}`}>
          {table.fields.map((edit) => (
            <FieldRow
              key={edit.key}
              tableKey={key}
              edit={edit}
              labelled={!wide}
              faults={faults}
              change={changeField}
              remove={removeField}
              reason={reason?.field === edit.storedField ? reason : null}
              tryNow={tryNow}
            />
          ))}
        </ul>
      </div>
      {tooMany && (
        <MessageBar intent="error">
          <MessageBarBody>{tooMany}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.actions}>
        <Button icon={<Add20Regular />} onClick={() => setFields(key, (fields) => [...fields, newField()])}>
          Add field
        </Button>
        <ConfirmButton
          label="Remove table"
          icon={<Delete20Regular />}
          appearance="subtle"
          title={`Stop mapping ${table.table || "this table"}?`}
          confirm="Remove table"
          act={async () => change((tables) => tables.filter((one) => one.key !== key))}
        >
          Once this is saved, events of the table are skipped. The records that came from it stay as they are.
          Nothing happens before you save.
        </ConfirmButton>
      </div>
      <LinkRows links={table.links} faults={faults} setLinks={(links) => set({ links })} />
    </div>
  );
}
