import { Button, Spinner } from "@fluentui/react-components";
import type { ButtonProps } from "@fluentui/react-components";

/** A button whose work takes a moment: while it is busy it shows so, keeps the focus and takes no further click. */
export function BusyButton({
  busy,
  icon = null,
  disabledFocusable = false,
  ...rest
}: ButtonProps & { busy: boolean }) {
  return (
    <Button
      {...rest}
      icon={busy ? <Spinner size="tiny" aria-hidden /> : icon}
      disabledFocusable={busy || disabledFocusable}
    />
  );
}
