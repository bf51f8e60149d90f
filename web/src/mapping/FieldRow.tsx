import {
  Button,
  Checkbox,
  Field,
  Input,
  Select,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { Delete20Regular } from "@fluentui/react-icons";
import { memo, useId } from "react";
import { faultOf } from "../components/faultOf.ts";
import { WhyHere } from "./WhyHere.tsx";
import { showAndFocus } from "./showAndFocus.ts";
import { typeWords } from "./words.ts";
import type { Faults } from "./checkEdits.ts";
import type { FieldEdit } from "./edits.ts";
import type { Reason } from "./useReason.ts";
import type { FieldType } from "../../../functions/contracts/mapping.ts";

/** Below this width of the window a field's inputs stand below each other. */
const narrow = "@media (max-width: 899.98px)";

/** The columns of the fields, for their headings and for each of them. */
export const useFieldColumns = makeStyles({
  root: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 3fr) minmax(0, 3fr) minmax(0, 2.5fr) 88px minmax(0, 2fr) 32px",
    columnGap: tokens.spacingHorizontalS,
    alignItems: "start",
    [narrow]: { gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)", rowGap: tokens.spacingVerticalS },
  },
});

const useStyles = makeStyles({
  field: {
    padding: `${tokens.spacingVerticalXS} 0`,
    [narrow]: {
      padding: `${tokens.spacingVerticalM} 0`,
      borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
  marked: {
    // The inputs stay in line with those of the other fields.
    marginInline: `calc(-1 * ${tokens.spacingHorizontalS})`,
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    [narrow]: { padding: tokens.spacingHorizontalS },
  },
  input: { minWidth: 0, "& .fui-Input, & .fui-Select, & input": { minWidth: 0, width: "100%" } },
  required: { [narrow]: { alignSelf: "end" } },
  remove: { [narrow]: { justifySelf: "end", alignSelf: "end" } },
});

interface FieldRowProps {
  tableKey: string;
  edit: FieldEdit;
  /** Whether each input has a label of its own; else headings above all fields name them. */
  labelled: boolean;
  /** Shown only where a person has had the chance to do it right. */
  faults: Faults | null;
  change: (tableKey: string, key: string, part: Partial<FieldEdit>) => void;
  remove: (tableKey: string, key: string) => void;
  /** The event that led to this field. */
  reason: Reason | null;
  tryNow: () => void;
}

/** One field: which column it is read from, and how. */
export const FieldRow = memo(function FieldRow(props: FieldRowProps) {
  const { tableKey, edit, labelled, faults, change, remove, reason, tryNow } = props;
  const why = useId();
  const styles = useStyles();
  const columns = useFieldColumns();
  const { key } = edit;
  const set = (part: Partial<FieldEdit>) => change(tableKey, key, part);
  const name = (label: string) =>
    labelled ? {} : { "aria-label": `${label} of ${edit.field || "the new field"}` };
  const label = (text: string) => (labelled ? { label: text } : {});
  const text = (input: "field" | "column", what: string) => (
    <Field className={styles.input} {...label(what)} {...faultOf(faults?.get(`${key}.${input}`))}>
      <Input
        {...name(what)}
        value={edit[input]}
        autoComplete="off"
        spellCheck={false}
        onChange={(_, { value }) => set({ [input]: value })}
      />
    </Field>
  );
  return (
    <li className={mergeClasses(columns.root, styles.field, reason ? styles.marked : undefined)}>
      {text("field", "Field")}
      {text("column", "Column in Dynamics")}
      <Field className={styles.input} {...label("Type")}>
        <Select
          {...name("Type")}
          {...(reason && { ref: showAndFocus, "aria-describedby": why })}
          value={edit.type}
          onChange={(_, { value }) => set({ type: value as FieldType, default: "" })}
        >
          {Object.entries(typeWords).map(([type, words]) => (
            <option key={type} value={type}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Checkbox
        className={styles.required}
        {...label("Required")}
        {...name("Required")}
        checked={edit.required}
        onChange={(_, { checked }) => set({ required: checked === true })}
      />
      <Field className={styles.input} {...label("Default for new records")}>
        <DefaultInput
          {...name("Default for new records")}
          edit={edit}
          set={(value) => set({ default: value })}
        />
      </Field>
      <Button
        className={styles.remove}
        appearance="subtle"
        icon={<Delete20Regular />}
        aria-label={edit.field ? `Remove field ${edit.field}` : "Remove the field without a name"}
        onClick={() => remove(tableKey, key)}
      />
      {reason && <WhyHere id={why} reason={reason} tryNow={tryNow} />}
    </li>
  );
});

interface DefaultInputProps {
  edit: FieldEdit;
  set: (value: string) => void;
  "aria-label"?: string;
}

/** The default, as the field's type allows. A reference has none: it would point every record at the same row. */
function DefaultInput({ edit, set, ...rest }: DefaultInputProps) {
  if (edit.type === "boolean")
    return (
      <Select {...rest} value={edit.default} onChange={(_, { value }) => set(value)}>
        <option value="">None</option>
        <option value="true">Yes</option>
        <option value="false">No</option>
      </Select>
    );
  const none = edit.type === "reference";
  return (
    <Input
      {...rest}
      value={edit.default}
      autoComplete="off"
      placeholder={edit.type === "date" ? "None, or 2026-01-31" : "None"}
      disabled={none}
      onChange={(_, { value }) => set(value)}
    />
  );
}
