import {
  Button,
  Caption1,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { Add20Regular, ChevronLeft16Regular, ChevronRight16Regular } from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { Section } from "../components/Section.tsx";
import { useNarrow } from "../components/useMediaQuery.ts";
import { SearchField } from "../events/SearchField.tsx";
import { newOrganizationPath } from "../shell/paths.ts";
import { OrganizationCards } from "./OrganizationCards.tsx";
import { OrganizationTable } from "./OrganizationTable.tsx";
import { arrange } from "./organizationList.ts";
import { useOrganizationList } from "./useOrganizationList.ts";
import type { PlatformStatus } from "../../../functions/contracts/platform.ts";

/** So many organizations are on one page: the list is drawn with every reading, and hundreds of lines would be felt. */
const pageLength = 25;

const useStyles = makeStyles({
  actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  intro: { color: tokens.colorNeutralForeground2 },
  pages: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "center",
    gap: tokens.spacingHorizontalM,
  },
});

/** Every organization, those that need attention first unless ordered otherwise, narrowed by name, a page at a time. */
export function OrganizationsSection({
  organizations,
  alertsCheckedAt,
}: Pick<PlatformStatus, "organizations" | "alertsCheckedAt">) {
  const styles = useStyles();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const { list, change } = useOrganizationList();
  const matching = arrange(organizations, list);
  const pages = Math.max(1, Math.ceil(matching.length / pageLength));
  const page = Math.min(list.page, pages);
  const first = (page - 1) * pageLength;
  const last = Math.min(first + pageLength, matching.length);
  const List = narrow ? OrganizationCards : OrganizationTable;
  return (
    <Section
      title={`Organizations (${organizations.length.toLocaleString("en")})`}
      actions={
        <div className={styles.actions}>
          <SearchField
            label="Filter organizations by name"
            placeholder="Filter by name"
            search={list.find}
            setSearch={(find) => change({ find })}
          />
          <Button icon={<Add20Regular />} onClick={() => void navigate(newOrganizationPath())}>
            New organization
          </Button>
        </div>
      }
    >
      {alertsCheckedAt && organizations.every(({ alerts }) => alerts === null) && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>
              Alerts were last checked <RelativeTime at={alertsCheckedAt} />.
            </MessageBarTitle>
            Tell the operator of Portal Sync that the timer flagSilence does not run: nobody would be told of
            an alert.
          </MessageBarBody>
        </MessageBar>
      )}
      <Caption1 className={styles.intro}>
        Counts and error rate are of the last 24 hours. Alerts are checked every minute.
      </Caption1>
      {matching.length > 0 ? (
        <List organizations={matching.slice(first, last)} list={list} change={change} />
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
            onClick={() => change({ page: page - 1 })}
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
            onClick={() => change({ page: page + 1 })}
          >
            Next
          </Button>
        </nav>
      )}
    </Section>
  );
}
