import { makeStyles, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  root: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
  },
});

/** A stable code, as machines and tickets write it. */
export function Code({ children }: { children: string }) {
  return <code className={useStyles().root}>{children}</code>;
}
