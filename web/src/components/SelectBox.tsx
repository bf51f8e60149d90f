import { makeStyles, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  root: {
    width: "16px",
    height: "16px",
    margin: `${tokens.spacingVerticalXXS} 0`,
    accentColor: tokens.colorCompoundBrandBackground,
    cursor: "pointer",
  },
});

interface SelectBoxProps {
  label: string;
  checked: boolean;
  /** Some but not all of what it stands for is selected. */
  mixed?: boolean;
  onChange: (checked: boolean) => void;
}

/** A box that selects a line of a list: the browser's own, because a list has many of them on the first screen. */
export function SelectBox({ label, checked, mixed = false, onChange }: SelectBoxProps) {
  return (
    <input
      type="checkbox"
      className={useStyles().root}
      aria-label={label}
      checked={checked}
      ref={(element) => {
        if (element) element.indeterminate = mixed;
      }}
      onChange={({ target }) => onChange(target.checked)}
    />
  );
}
