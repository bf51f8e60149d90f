import { z } from "zod";

/** Every code that an event's outcome can carry when it is not a success. Codes are stable: clients filter by them. */
export const outcomeCode = z.enum([
  "record.idMissing",
  "mapping.valueInvalid",
  "mapping.requiredMissing",
  "payload.unreadable",
  "payload.lost",
  "payload.stripped",
  "dynamics.notConfigured",
  "dynamics.unavailable",
  "dynamics.throttled",
  "dynamics.refused",
  "platform.deadLettered",
  "platform.unexpected",
  "table.notMapped",
  "message.notSupported",
  "record.unchanged",
  "record.stale",
  "record.deleted",
  "record.gone",
  "event.echo",
  "integration.paused",
]);
export type OutcomeCode = z.infer<typeof outcomeCode>;

/** What an outcome means and what to do about it, from the error catalogue. */
export const advice = z.object({
  title: z.string(),
  whatHappened: z.string(),
  whatToDo: z.string(),
  owner: z.string(),
  retryable: z.boolean(),
});
export type Advice = z.infer<typeof advice>;

/** One entry of the error catalogue: the outcome it leads to, the advice, and whether a retry can help by itself. */
export interface CatalogueEntry extends Advice {
  outcome: "error" | "skipped";
}

const globalAdministrator = "Global administrator";
const administrator = "Organization administrator";
const dynamicsAdministrator = "Dynamics administrator";
const support = "Portal Sync operator";

/** The one place that says what each code means, what to do, who can, and whether it is retried. */
export const outcomeCatalogue: Record<OutcomeCode, CatalogueEntry> = {
  "record.idMissing": {
    outcome: "error",
    title: "The event names no record",
    whatHappened:
      "Dynamics sent a change without the id of the record it belongs to, so it cannot be matched.",
    whatToDo:
      "Open the payload and look at the message. Register the webhook for Create, Update and Delete of single rows.",
    owner: dynamicsAdministrator,
    retryable: false,
  },
  "mapping.valueInvalid": {
    outcome: "error",
    title: "A value cannot be read",
    whatHappened: "A column holds a value that does not fit the type of the field it is mapped to.",
    whatToDo:
      "Correct the value in Dynamics, which sends a new event; this one keeps the old value and stays as it is. Or change the field's type in the mapping, and then replay the failed events.",
    owner: administrator,
    retryable: false,
  },
  "mapping.requiredMissing": {
    outcome: "error",
    title: "A required value is missing",
    whatHappened: "The mapping requires a field that Dynamics did not send, and it has no default.",
    whatToDo:
      "Fill in the column in Dynamics, which sends a new event. Or give the field a default in the mapping, and then replay the failed events.",
    owner: administrator,
    retryable: false,
  },
  "payload.unreadable": {
    outcome: "error",
    title: "The event cannot be read",
    whatHappened: "The event was accepted, but its content could not be understood when it was processed.",
    whatToDo: "Open the payload and send it to support with the event id.",
    owner: support,
    retryable: false,
  },
  "payload.lost": {
    outcome: "error",
    title: "The event's content is missing",
    whatHappened:
      "The event was too large for the queue and its content was put aside; it could not be found again.",
    whatToDo: "Change the record in Dynamics once more so that it is sent again.",
    owner: support,
    retryable: false,
  },
  "payload.stripped": {
    outcome: "error",
    title: "Dynamics left out what changed",
    whatHappened:
      "The event was larger than 256 KB, so Dynamics left out its content, and what this kind of change did cannot be read afterwards.",
    whatToDo:
      "Compare the record with Dynamics, and change it there once more so that its present state is sent.",
    owner: dynamicsAdministrator,
    retryable: false,
  },
  "dynamics.notConfigured": {
    outcome: "error",
    title: "The Dynamics environment's address is not set",
    whatHappened:
      "The event was larger than Dynamics puts into a webhook, so the record must be read from Dynamics, but no address is set.",
    whatToDo:
      "Enter the environment's address in the organization's settings, then replay the event: it is not tried again by itself.",
    owner: globalAdministrator,
    retryable: false,
  },
  "dynamics.unavailable": {
    outcome: "error",
    title: "Dynamics did not answer",
    whatHappened:
      "The record had to be read from Dynamics, which was not reachable or answered with a fault.",
    whatToDo:
      "Nothing at first: it is tried again by itself. If it goes on, check the state of the Dynamics environment.",
    owner: dynamicsAdministrator,
    retryable: true,
  },
  "dynamics.throttled": {
    outcome: "error",
    title: "Dynamics asked to slow down",
    whatHappened: "Dynamics limits how many requests it answers, and that limit was reached.",
    whatToDo: "Nothing: it is tried again by itself when Dynamics allows it.",
    owner: dynamicsAdministrator,
    retryable: true,
  },
  "dynamics.refused": {
    outcome: "error",
    title: "Dynamics refused the access",
    whatHappened:
      "The record had to be read from Dynamics, which did not accept the platform's sign-in or its rights.",
    whatToDo:
      "Open the step that failed: it holds what Dynamics said. Give the application user of Portal Sync a security role that may read this table, or take a column that does not exist out of the mapping.",
    owner: dynamicsAdministrator,
    retryable: false,
  },
  "platform.deadLettered": {
    outcome: "error",
    title: "Processing did not come to an end",
    whatHappened:
      "The event was tried as often as the queue allows without coming to an end, as happens when storage is away for long.",
    whatToDo:
      "Nothing at first: it is tried again by itself. If no further attempt is planned, send the event id to support.",
    owner: support,
    retryable: true,
  },
  "platform.unexpected": {
    outcome: "error",
    title: "Something unforeseen happened",
    whatHappened:
      "Processing stopped at a place that nobody foresaw. The details are in the platform's log under the correlation id.",
    whatToDo: "Send the correlation id to support. The payload is kept.",
    owner: support,
    retryable: false,
  },
  "table.notMapped": {
    outcome: "skipped",
    title: "This table is not carried over",
    whatHappened: "The organization's mapping has no entry for this table.",
    whatToDo:
      "Nothing, if the table is not needed. Otherwise map it, or remove the step in Dynamics to save traffic.",
    owner: administrator,
    retryable: false,
  },
  "message.notSupported": {
    outcome: "skipped",
    title: "This kind of change is not carried over",
    whatHappened: "Portal Sync carries Create, Update and Delete, and the links that the mapping names.",
    whatToDo: "Nothing, if it is not needed. Otherwise register the step for a supported message.",
    owner: dynamicsAdministrator,
    retryable: false,
  },
  "record.unchanged": {
    outcome: "skipped",
    title: "Nothing changed",
    whatHappened: "The record already has every value that the event carries.",
    whatToDo: "Nothing. Filtering attributes on the step in Dynamics would save the traffic.",
    owner: administrator,
    retryable: false,
  },
  "record.stale": {
    outcome: "skipped",
    title: "Older than what is here",
    whatHappened: "A newer change of the same fields had already arrived.",
    whatToDo: "Nothing: the newer values stay.",
    owner: administrator,
    retryable: false,
  },
  "record.deleted": {
    outcome: "skipped",
    title: "The record was deleted",
    whatHappened: "The record's deletion had already arrived.",
    whatToDo: "Nothing: a deleted record stays deleted.",
    owner: administrator,
    retryable: false,
  },
  "record.gone": {
    outcome: "skipped",
    title: "The record no longer exists in Dynamics",
    whatHappened: "The event carried no values, and when the record was read from Dynamics it was gone.",
    whatToDo: "Nothing: its deletion arrives as an event of its own.",
    owner: administrator,
    retryable: false,
  },
  "event.echo": {
    outcome: "skipped",
    title: "Our own change came back",
    whatHappened: "The change was made in Dynamics by Portal Sync itself.",
    whatToDo: "Nothing.",
    owner: administrator,
    retryable: false,
  },
  "integration.paused": {
    outcome: "skipped",
    title: "The integration is paused",
    whatHappened: "The event arrived while the portal integration was paused. It is kept.",
    whatToDo: "Resume the integration: what arrived meanwhile is then processed in order.",
    owner: administrator,
    retryable: false,
  },
};
