import { MessageBar, MessageBarBody, MessageBarTitle, Text } from "@fluentui/react-components";
import { counted } from "../components/counted.ts";
import { showAndFocus } from "./showAndFocus.ts";
import { verdict } from "./verdict.ts";
import type { MappingDryRun } from "../../../functions/contracts/mapping.ts";

/** The result of a trial in a sentence, brought into sight, and what should be thought of before it is saved. */
export function Verdict({ result }: { result: MappingDryRun }) {
  const { events, unchecked } = result;
  return (
    <>
      <div ref={showAndFocus} role="status" tabIndex={-1}>
        <Text weight="semibold">
          {events.length === 0
            ? "No event is stored yet, so there is nothing to try the mapping on."
            : verdict(events)}
        </Text>
      </div>
      {unchecked.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>Text takes everything</MessageBarTitle>
            {unchecked.map(({ table, field, value, events: count }) => (
              <div key={`${table} ${field}`}>
                The value “{short(value)}” would be stored in {field} as it is
                {count > 1 && `, and so would such values of ${counted(count - 1, "other event")}`}.
              </div>
            ))}
            If these values are mistakes, correct them in Dynamics instead.
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

function short(value: string): string {
  return value.length > 80 ? `${value.slice(0, 80)}…` : value;
}
