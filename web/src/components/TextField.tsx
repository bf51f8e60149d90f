import { Field, Input } from "@fluentui/react-components";
import { faultOf } from "./faultOf.ts";
import type { ReactElement } from "react";

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with the value; shown beside the field. */
  fault?: string | undefined;
  hint?: string | undefined;
  type?: "text" | "number" | "url" | "datetime-local";
  required?: boolean;
  placeholder?: string;
  contentAfter?: ReactElement;
  className?: string | undefined;
}

/** A labelled field for one value, which says beside it what is wrong. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, fault, hint, type = "text", required = false, className } = props;
  const { placeholder, contentAfter } = props;
  return (
    <Field
      label={label}
      required={required}
      {...(hint ? { hint } : {})}
      {...faultOf(fault)}
      {...(className ? { className } : {})}
    >
      <Input
        type={type}
        value={value}
        autoComplete="off"
        {...(placeholder ? { placeholder } : {})}
        {...(contentAfter ? { contentAfter } : {})}
        onChange={(_, { value }) => onChange(value)}
      />
    </Field>
  );
}
