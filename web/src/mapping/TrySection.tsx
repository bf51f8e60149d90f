import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Select,
  Spinner,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { Beaker20Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { Section } from "../components/Section.tsx";
import { TryResult } from "./TryResult.tsx";
import { counted } from "./words.ts";
import type { MappingDryRun } from "../../../functions/contracts/mapping.ts";

const useStyles = makeStyles({
  minor: { color: tokens.colorNeutralForeground2 },
  form: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: tokens.spacingHorizontalM },
});

/** How many stored events can be tried at once; the server takes at most 100. */
const sizes = [10, 25, 100];

interface TrySectionProps {
  organizationId: string;
  trial: { pending: boolean; error: unknown; result: MappingDryRun | undefined; isOfThisDraft: boolean };
  /** Faults that keep the draft from being tried, once somebody has asked. */
  faults: number;
  run: (events: number) => void;
}

/** Tries the draft on events that were received before, and says what would become of them. */
export function TrySection({ organizationId, trial, faults, run }: TrySectionProps) {
  const styles = useStyles();
  const [events, setEvents] = useState(25);
  const { pending, error, result, isOfThisDraft } = trial;
  return (
    <Section title="Try it on stored events">
      <Text className={styles.minor}>
        Reads the newest events once more, by the mapping as it stands above. Nothing is written, and Dynamics
        is not asked. Try as often as you like; a new version can be saved once exactly this mapping was
        tried.
      </Text>
      <div className={styles.form}>
        <Field label="Newest events">
          <Select value={String(events)} onChange={(_, { value }) => setEvents(Number(value))}>
            {sizes.map((size) => (
              <option key={size} value={size}>
                {size}
              </option>
            ))}
          </Select>
        </Field>
        <Button
          icon={pending ? <Spinner size="tiny" /> : <Beaker20Regular />}
          disabledFocusable={pending}
          onClick={() => run(events)}
        >
          Try on stored events
        </Button>
      </div>
      {faults > 0 && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{counted(faults, "fault")} to repair first</MessageBarTitle>
            The tables above show each of them beside what was typed.
          </MessageBarBody>
        </MessageBar>
      )}
      {error ? <ProblemMessage error={error} /> : null}
      {result && !isOfThisDraft && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The mapping was changed since</MessageBarTitle>
            What is shown below is of the mapping as it was then. Try it again.
          </MessageBarBody>
        </MessageBar>
      )}
      {result && <TryResult organizationId={organizationId} result={result} />}
    </Section>
  );
}
