import { useState } from "react";
import { maxTried } from "../../../functions/contracts/mapping.ts";
import { useFailedEvents } from "./queries.ts";
import type { TrialChoice } from "./queries.ts";

interface Choice extends TrialChoice {
  value: string;
  label: string;
}

const newest = (events: number): Choice => ({
  ...{ value: String(events), label: `Newest ${events} events`, of: "newest", events },
});
const [few, most] = [newest(25), newest(maxTried)];

/** Which stored events a trial reads: the failed ones while there are any, else the newest, unless a person chooses. */
export function useTrialChoice(organizationId: string, eventId: string | null) {
  const { data } = useFailedEvents(organizationId);
  const [chosen, choose] = useState<string | null>(null);
  const { count, more } = data ?? { count: eventId === null ? 0 : null, more: false };
  const failed: Choice = {
    value: "failed",
    label: more
      ? `Newest ${maxTried} failed events`
      : `All failed events${count === null ? "" : ` (${count})`}`,
    ...{ of: "failed", events: maxTried },
  };
  const usual = count === 0 ? few : failed;
  const choices = [...new Set([usual, few, most])];
  const { of, events, value } = choices.find((choice) => choice.value === chosen) ?? usual;
  const request: TrialChoice = { of, events, ...(eventId !== null && { including: eventId }) };
  return { choices, value, choose, request };
}
