import {
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Select,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { Beaker20Regular } from "@fluentui/react-icons";
import { BusyButton } from "../components/BusyButton.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { Section } from "../components/Section.tsx";
import { counted } from "../components/counted.ts";
import { TryResult } from "./TryResult.tsx";
import { Verdict } from "./Verdict.tsx";
import type { useTrialChoice } from "./useTrialChoice.ts";
import type { MappingDryRun } from "../../../functions/contracts/mapping.ts";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  minor: { color: tokens.colorNeutralForeground2 },
  form: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: tokens.spacingHorizontalM },
});

interface TrySectionProps {
  organizationId: string;
  trial: { pending: boolean; error: unknown; result: MappingDryRun | undefined; isOfThisDraft: boolean };
  /** Faults that keep the draft from being tried, once somebody has asked. */
  faults: number;
  choice: ReturnType<typeof useTrialChoice>;
  run: () => void;
  /** Saves what was tried: stands between the sentence about the result and its details. */
  children: ReactNode;
}

/** Tries the draft on events that were received before, says what would become of them, and saves it. */
export function TrySection({ organizationId, trial, faults, choice, run, children }: TrySectionProps) {
  const styles = useStyles();
  const { pending, error, result, isOfThisDraft } = trial;
  const { choices, value, choose, request } = choice;
  return (
    <Section title="Try and save">
      <Text className={styles.minor}>
        Reads stored events once more, by the mapping as it stands above. Nothing is written, and Dynamics is
        not asked. Try as often as you like; a new version can be saved once exactly this mapping was tried.
      </Text>
      <div className={styles.form}>
        <Field label="Try it on">
          <Select value={value} onChange={(_, chosen) => choose(chosen.value)}>
            {choices.map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ))}
          </Select>
        </Field>
        <BusyButton busy={pending} icon={<Beaker20Regular />} onClick={run}>
          Try on stored events
        </BusyButton>
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
      {result && <Verdict result={result} />}
      {children}
      {result && result.events.length > 0 && (
        <TryResult organizationId={organizationId} result={result} opened={request.including} />
      )}
    </Section>
  );
}
