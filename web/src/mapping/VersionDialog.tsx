import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Subtitle2,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { Code } from "../components/Code.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { kindWords, typeWords } from "./words.ts";
import type { FieldMapping, MappingVersion } from "../../../functions/contracts/mapping.ts";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL },
  list: { margin: 0, padding: 0, listStyleType: "none" },
  field: {
    display: "flex",
    flexWrap: "wrap",
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXXS} 0`,
    overflowWrap: "anywhere",
  },
  minor: { color: tokens.colorNeutralForeground2 },
});

interface VersionDialogProps {
  version: number;
  read: (version: number) => Promise<MappingVersion>;
}

/** A button that shows one version of the mapping, to be read only. */
export function VersionDialog({ version, read }: VersionDialogProps) {
  const styles = useStyles();
  const reading = useMutation({ mutationFn: () => read(version) });
  return (
    <Dialog onOpenChange={(_, { open }) => open && reading.mutate()}>
      <DialogTrigger disableButtonEnhancement>
        <Button size="small" aria-label={`View version ${version}`}>
          View
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Version {version}</DialogTitle>
          <DialogContent className={styles.content} tabIndex={0}>
            {reading.error && <ProblemMessage error={reading.error} retry={() => reading.mutate()} />}
            {reading.isPending && <LoadingRows what={`version ${version}`} />}
            {reading.data?.mappings.map(({ table, kind, fields, links }) => (
              <div key={table}>
                <Subtitle2 as="h3">
                  {table}: {kindWords[kind]}
                </Subtitle2>
                <ul className={styles.list}>
                  {fields.map((field) => (
                    <li key={field.field} className={styles.field}>
                      <span>{field.field}</span>
                      <Code>{field.column}</Code>
                      <span className={styles.minor}>{inWords(field)}</span>
                    </li>
                  ))}
                  {links.map(({ relationship, field }) => (
                    <li key={relationship} className={styles.field}>
                      <span>{field}</span>
                      <Code>{relationship}</Code>
                      <span className={styles.minor}>Links to several rows</span>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Close</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function inWords({ type, required, default: value }: FieldMapping): string {
  const parts: string[] = [typeWords[type]];
  if (required) parts.push("required");
  if (value !== undefined) parts.push(`default ${String(value)}`);
  return parts.join(", ");
}
