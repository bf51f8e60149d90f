import { Button, Caption1, SearchBox, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { Section } from "../components/Section.tsx";
import { useNarrow } from "../components/useMediaQuery.ts";
import { OrganizationCards } from "./OrganizationCards.tsx";
import { OrganizationTable } from "./OrganizationTable.tsx";
import type { PlatformOrganization } from "../../../functions/contracts/platform.ts";

/** So many lines are drawn at first, and with each step: thousands would slow the page down. */
const step = 25;

const useStyles = makeStyles({
  search: { width: "240px", maxWidth: "100%" },
  intro: { color: tokens.colorNeutralForeground2 },
  more: { alignSelf: "center" },
});

/** Every organization, those that need attention first, narrowed by name. */
export function OrganizationsSection({ organizations }: { organizations: PlatformOrganization[] }) {
  const styles = useStyles();
  const narrow = useNarrow();
  const [search, setSearch] = useState("");
  const [limit, setLimit] = useState(step);
  const wanted = search.trim().toLowerCase();
  const matching = organizations.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(wanted));
  const rest = matching.length - limit;
  const List = narrow ? OrganizationCards : OrganizationTable;
  return (
    <Section
      title={`Organizations (${organizations.length.toLocaleString("en")})`}
      actions={
        <SearchBox
          className={styles.search}
          aria-label="Filter organizations by name"
          placeholder="Filter by name"
          value={search}
          onChange={(_, { value }) => setSearch(value)}
        />
      }
    >
      <Caption1 className={styles.intro}>Counts and error rate are of the last 24 hours.</Caption1>
      {matching.length > 0 ? (
        <List organizations={matching.slice(0, limit)} />
      ) : (
        <Text>
          {organizations.length === 0 ? "There are no organizations yet." : "No organization has this name."}
        </Text>
      )}
      {rest > 0 && (
        <Button className={styles.more} onClick={() => setLimit(limit + step)}>
          Show {Math.min(rest, step)} more of {rest.toLocaleString("en")}
        </Button>
      )}
    </Section>
  );
}
