import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalM,
    width: "300px",
    maxWidth: "100%",
  },
  actions: { display: "flex", gap: tokens.spacingHorizontalS },
});

interface TextChoiceProps {
  label: string;
  hint: string;
  text: string;
  suggestions: { text: string; label: string }[];
  apply: (text: string) => void;
}

/** Narrows to an exact text, with suggestions from what is on the screen. */
export function TextChoice({ label, hint, text, suggestions, apply }: TextChoiceProps) {
  const styles = useStyles();
  const list = useId();
  const [typed, setTyped] = useState(text);
  return (
    <form
      className={styles.root}
      onSubmit={(event) => {
        event.preventDefault();
        apply(typed.trim());
      }}
    >
      <Field label={label} hint={hint}>
        <Input list={list} value={typed} onChange={(_, { value }) => setTyped(value)} />
      </Field>
      <datalist id={list}>
        {suggestions.map(({ text, label }) => (
          <option key={text} value={text}>
            {label}
          </option>
        ))}
      </datalist>
      <div className={styles.actions}>
        <Button type="submit" appearance="primary">
          Apply
        </Button>
        <Button disabledFocusable={text === ""} onClick={() => apply("")}>
          Clear
        </Button>
      </div>
    </form>
  );
}
