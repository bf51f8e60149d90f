import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { eventTypeTitle } from "../components/eventTypeTitle.ts";
import { OrganizationPicker } from "../components/OrganizationPicker.tsx";
import { CodeChoice } from "./CodeChoice.tsx";
import { FilterPill } from "./FilterPill.tsx";
import { OutcomeChoice } from "./OutcomeChoice.tsx";
import { SearchField } from "./SearchField.tsx";
import { TextChoice } from "./TextChoice.tsx";
import { TimeChoice } from "./TimeChoice.tsx";
import { fits } from "./codes.ts";
import { isFiltered, noFilter } from "./eventFilter.ts";
import { filterLabels } from "./filterLabels.ts";
import { shortId } from "./eventRows.ts";
import { focusLog } from "./logFocus.ts";
import type { EventFilter } from "./eventFilter.ts";
import type { Me } from "../../../functions/contracts/me.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  organization: {
    width: "240px",
    minWidth: 0,
    "& > input": { minWidth: 0, width: "100%" },
    "@media (max-width: 639.98px)": { width: "100%" },
  },
});

interface FilterBarProps {
  filter: EventFilter;
  setFilter: (filter: EventFilter) => void;
  /** The events on the screen: their types are offered. */
  shown: EventSummary[];
  /** Given where events of several organizations are shown. */
  organizations: Me["organizations"] | undefined;
}

/** Everything that narrows the event log. */
export function FilterBar({ filter, setFilter, shown, organizations }: FilterBarProps) {
  const styles = useStyles();
  const change = (part: Partial<EventFilter>): void => setFilter({ ...filter, ...part });
  const labels = filterLabels(filter);
  const types = [...new Set(shown.map(({ eventType }) => eventType))].sort();
  return (
    <div className={styles.root} role="search" aria-label="Filter events">
      {organizations && (
        <OrganizationPicker
          className={styles.organization}
          label="Filter by organization"
          allLabel="All organizations"
          organizations={organizations}
          selected={filter.organizationId}
          onSelect={(organizationId) => change({ organizationId })}
        />
      )}
      <SearchField
        label="Search events"
        placeholder="Id, code or event type"
        search={filter.search}
        setSearch={(search) => change({ search })}
      />
      <FilterPill name="Outcome" value={labels.outcome}>
        {(close) => (
          <OutcomeChoice
            outcome={filter.outcome}
            choose={(outcome) => {
              change({ outcome, code: filter.code && fits(filter.code, outcome) ? filter.code : null });
              close();
            }}
          />
        )}
      </FilterPill>
      <FilterPill name="Error code" value={labels.code}>
        {(close) => (
          <CodeChoice
            code={filter.code}
            outcome={filter.outcome}
            choose={(code) => {
              change({ code });
              close();
            }}
          />
        )}
      </FilterPill>
      <FilterPill name="Time" value={labels.time}>
        {(close) => (
          <TimeChoice
            time={filter.time}
            choose={(time) => {
              change({ time });
              close();
            }}
          />
        )}
      </FilterPill>
      <FilterPill name="Event type" value={filter.type ? eventTypeTitle(filter.type) : null}>
        {(close) => (
          <TextChoice
            label="Event type"
            hint="As Dynamics names it, such as contact.Update"
            text={filter.type}
            suggestions={types.map((type) => ({ text: type, label: eventTypeTitle(type) }))}
            apply={(type) => {
              change({ type });
              close();
            }}
          />
        )}
      </FilterPill>
      <FilterPill name="Record" value={filter.recordId ? shortId(filter.recordId) : null}>
        {(close) => (
          <TextChoice
            label="Record id"
            hint="The id of the row in Dynamics"
            text={filter.recordId}
            suggestions={[]}
            apply={(recordId) => {
              change({ recordId });
              close();
            }}
          />
        )}
      </FilterPill>
      {isFiltered(filter) && (
        <Button
          appearance="transparent"
          size="small"
          icon={<DismissRegular />}
          onClick={() => {
            setFilter(noFilter);
            focusLog();
          }}
        >
          Clear filters
        </Button>
      )}
    </div>
  );
}
