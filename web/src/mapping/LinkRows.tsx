import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { Add20Regular, Delete20Regular } from "@fluentui/react-icons";
import { TextField } from "../components/TextField.tsx";
import { newLink } from "./edits.ts";
import { replaced } from "./useMappingEdits.ts";
import type { Faults } from "./checkEdits.ts";
import type { LinkEdit } from "./edits.ts";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalS,
    alignItems: "flex-start",
  },
  list: { margin: 0, padding: 0, listStyleType: "none", width: "100%" },
  link: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 3fr) minmax(0, 2fr) 32px",
    gap: tokens.spacingHorizontalS,
    alignItems: "end",
    "& .fui-Input, & input": { minWidth: 0, width: "100%" },
  },
  minor: { color: tokens.colorNeutralForeground2 },
});

interface LinkRowsProps {
  links: LinkEdit[];
  faults: Faults | null;
  setLinks: (links: LinkEdit[]) => void;
}

/** Which relationships of the table become fields, such as the categories of a membership. */
export function LinkRows({ links, faults, setLinks }: LinkRowsProps) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <Text weight="semibold">Links to several rows</Text>
      <Text className={styles.minor}>
        A many-to-many relationship in Dynamics, such as the categories of a membership, becomes a field that
        holds all linked rows.
      </Text>
      {links.length > 0 && (
        <ul className={styles.list} aria-label="Links to several rows">
          {links.map((link) => (
            <li key={link.key} className={styles.link}>
              <TextField
                label="Relationship in Dynamics"
                value={link.relationship}
                fault={faults?.get(`${link.key}.relationship`)}
                onChange={(relationship) => setLinks(replaced(links, link.key, { relationship }))}
              />
              <TextField
                label="Field"
                value={link.field}
                fault={faults?.get(`${link.key}.field`)}
                onChange={(field) => setLinks(replaced(links, link.key, { field }))}
              />
              <Button
                appearance="subtle"
                icon={<Delete20Regular />}
                aria-label={`Remove link ${link.relationship}`}
                onClick={() => setLinks(links.filter(({ key }) => key !== link.key))}
              />
            </li>
          ))}
        </ul>
      )}
      <Button size="small" icon={<Add20Regular />} onClick={() => setLinks([...links, newLink()])}>
        Add link
      </Button>
    </div>
  );
}
