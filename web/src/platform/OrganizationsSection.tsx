import { Button, Caption1, SearchBox, Text, makeStyles, tokens } from "@fluentui/react-components";
import { Add20Regular, ChevronLeft16Regular, ChevronRight16Regular } from "@fluentui/react-icons";
import { useDeferredValue, useState } from "react";
import { useNavigate } from "react-router";
import { Section } from "../components/Section.tsx";
import { useNarrow } from "../components/useMediaQuery.ts";
import { newOrganizationPath } from "../shell/paths.ts";
import { OrganizationCards } from "./OrganizationCards.tsx";
import { OrganizationTable } from "./OrganizationTable.tsx";
import type { PlatformOrganization } from "../../../functions/contracts/platform.ts";

/** So many organizations are on one page: the list is drawn with every reading, and hundreds of lines would be felt. */
const pageLength = 25;

const useStyles = makeStyles({
  actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  search: { width: "240px", maxWidth: "100%" },
  intro: { color: tokens.colorNeutralForeground2 },
  pages: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "center",
    gap: tokens.spacingHorizontalM,
  },
});

/** Every organization, those that need attention first, narrowed by name, a page at a time. */
export function OrganizationsSection({ organizations }: { organizations: PlatformOrganization[] }) {
  const styles = useStyles();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(0);
  // Typing comes first: the list follows as soon as it can.
  const wanted = useDeferredValue(search).trim().toLowerCase();
  const matching = organizations.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(wanted));
  const pages = Math.max(1, Math.ceil(matching.length / pageLength));
  const first = Math.min(page, pages - 1) * pageLength;
  const last = Math.min(first + pageLength, matching.length);
  const List = narrow ? OrganizationCards : OrganizationTable;
  return (
    <Section
      title={`Organizations (${organizations.length.toLocaleString("en")})`}
      actions={
        <div className={styles.actions}>
          <SearchBox
            className={styles.search}
            aria-label="Filter organizations by name"
            placeholder="Filter by name"
            value={search}
            onChange={(_, { value }) => {
              setSearch(value);
              setPage(0);
            }}
          />
          <Button icon={<Add20Regular />} onClick={() => void navigate(newOrganizationPath())}>
            New organization
          </Button>
        </div>
      }
    >
      <Caption1 className={styles.intro}>Counts and error rate are of the last 24 hours.</Caption1>
      {matching.length > 0 ? (
        <List organizations={matching.slice(first, last)} />
      ) : (
        <Text>
          {organizations.length === 0
            ? "There are no organizations yet. Create the first one."
            : "No organization has this name."}
        </Text>
      )}
      {pages > 1 && (
        <nav className={styles.pages} aria-label="Pages of organizations">
          <Button
            size="small"
            icon={<ChevronLeft16Regular />}
            disabledFocusable={first === 0}
            onClick={() => setPage(first / pageLength - 1)}
          >
            Previous
          </Button>
          <Caption1 role="status">
            {`${first + 1} to ${last} of ${matching.length.toLocaleString("en")}`}
          </Caption1>
          <Button
            size="small"
            icon={<ChevronRight16Regular />}
            iconPosition="after"
            disabledFocusable={last === matching.length}
            onClick={() => setPage(first / pageLength + 1)}
          >
            Next
          </Button>
        </nav>
      )}
    </Section>
  );
}
